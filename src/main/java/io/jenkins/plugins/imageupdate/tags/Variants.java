package io.jenkins.plugins.imageupdate.tags;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Tells which numbers in the suffixes of a repository's tags name a variant, and which of them count: {@code jdk17} is a variant, as many
 * versions have it; {@code ls209} is the 209th build, as no other version has it; {@code k3s2} follows {@code k3s1}. Numbers at the same
 * place of suffixes that are otherwise alike are taken together; {@link NumberUse} decides. A commit is neither.
 */
final class Variants {
    /**
     * A suffix, read.
     *
     * @param variant the suffix with {@link Shape#NUMBER} for each number that counts
     * @param counters these numbers
     */
    record Reading(String variant, List<String> counters) {}

    /** As eksbuild.3, dev.5 and r3: what counts wherever it stands. */
    private static final Pattern REVISION = Pattern.compile(".*[A-Za-z]\\.|(?:.*[^A-Za-z])?r");

    /** Dates and the numbers of builds count too. */
    private static final int LONG_NUMBER = 6;

    /** A moving tag is named by a variant such as jdk17 or 1809, never by a date. */
    private static final int LONGEST_NAME = 4;

    private final Map<String, List<NumberUse>> uses = new HashMap<>();
    private final Map<String, Set<List<String>>> names = new HashMap<>();
    private final Map<String, List<Boolean>> decided = new HashMap<>();

    /**
     * Takes a suffix into account.
     *
     * @param release what the suffix stands behind: the numbers of a version or of a date
     */
    void add(Shape suffix, List<String> release) {
        List<String> numbers = suffix.numbers();
        if (!numbers.isEmpty()) {
            List<NumberUse> form = uses.computeIfAbsent(
                    suffix.form(),
                    any -> numbers.stream().map(number -> new NumberUse()).toList());
            IntStream.range(0, numbers.size()).forEach(i -> form.get(i).add(numbers.get(i), release));
        }
    }

    /** Takes a tag without a version into account: {@code jdk17} and {@code latest-jdk17} tell that jdk17 is a variant. */
    void addName(String tag, Commit commits) {
        int start = 0;
        int dash;
        do {
            Shape name = Shape.of(tag.substring(start), commits);
            if (!name.numbers().isEmpty()
                    && name.numbers().stream().allMatch(number -> number.length() <= LONGEST_NAME)) {
                names.computeIfAbsent(name.form(), any -> new HashSet<>()).add(name.numbers());
            }
            dash = tag.indexOf('-', start);
            start = dash + 1;
        } while (dash >= 0 && !NaturalOrder.hasDigit(tag.substring(0, dash)));
    }

    /** Whether a variant is named by words alone, or is none: then no number and no commit in a suffix matters. */
    static boolean isOfLetters(String variant) {
        return !NaturalOrder.hasDigit(variant) && !variant.contains(Shape.NUMBER) && variant.indexOf(Commit.MARK) < 0;
    }

    /** To be asked when all are added. */
    Reading read(Shape suffix) {
        List<Boolean> counting = decided.computeIfAbsent(suffix.form(), this::decide);
        StringBuilder variant = new StringBuilder(suffix.words().get(0));
        List<String> counters = new ArrayList<>();
        for (int i = 0; i < suffix.numbers().size(); i++) {
            String number = suffix.numbers().get(i);
            boolean counts = !counting.isEmpty() && counting.get(i)
                    || number.length() >= LONG_NUMBER && NaturalOrder.isNumber(number)
                    || REVISION.matcher(suffix.words().get(i)).matches();
            if (counts) {
                counters.addAll(List.of(number.split("\\.")));
            }
            variant.append(counts ? Shape.NUMBER : number).append(suffix.words().get(i + 1));
        }
        return new Reading(variant.toString(), counters);
    }

    /** Empty where no number of this form counts. */
    private List<Boolean> decide(String form) {
        List<NumberUse> numbers = uses.getOrDefault(form, List.of());
        boolean named = names.getOrDefault(form, Set.of()).stream()
                .anyMatch(name -> IntStream.range(0, Math.min(name.size(), numbers.size()))
                        .allMatch(i -> numbers.get(i).has(name.get(i))));
        return named ? List.of() : numbers.stream().map(NumberUse::counts).toList();
    }
}
