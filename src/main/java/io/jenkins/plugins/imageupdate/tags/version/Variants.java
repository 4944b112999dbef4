package io.jenkins.plugins.imageupdate.tags.version;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Tells which numbers in the suffixes of a repository's tags name a variant, and which of them count: {@code jdk17} is a variant, as many
 * versions have it; {@code ls209} is the 209th build, as no other version has it; {@code k3s2} follows {@code k3s1}. Numbers at the same
 * place of suffixes that are otherwise alike are taken together; {@link NumberUse} decides. A commit is neither.
 */
public final class Variants {
    /**
     * A suffix, read.
     *
     * @param variant the suffix with {@link Shape#NUMBER} for each number that counts
     * @param counters these numbers
     */
    public record Reading(String variant, List<String> counters) {}

    /** As eksbuild.3, dev.5 and r3: what counts wherever it stands. */
    private static final Pattern REVISION = Pattern.compile(".*[A-Za-z]\\.|(?:.*[^A-Za-z])?r");

    /** Dates and the numbers of builds count too. */
    private static final int LONG_NUMBER = 6;

    /** A moving tag is named by a variant such as jdk17 or 1809, never by a date. */
    private static final int LONGEST_NAME = 4;

    /** What stands right before a number: jdk of lts-jdk17, debian- of debian-12. */
    private static final Pattern WORD_BEFORE = Pattern.compile("[A-Za-z]*[-._]?$");

    /** v4, 4 and release-4.1 do not name a variant; nor does a number on its own beside another one. */
    private static final Pattern VERSION = Pattern.compile("v?[0-9.]+|.*[-._][0-9]+\\..*");

    private static final Pattern ON_ITS_OWN = Pattern.compile(".*[-._][0-9.]+");

    /** A repository in which every build has a tag without a version too has more. */
    private static final int MAX_NAMES = 12;

    /** By form, for each number in it. */
    private final Map<String, List<NumberUse>> uses = new HashMap<>();
    /** By the word before the number, whatever the rest of the suffix is. */
    private final Map<String, NumberUse> usesOfWords = new HashMap<>();
    /** The numbers that tags without a version have, by the word before them. */
    private final Map<String, Set<String>> names = new HashMap<>();

    private final Map<String, List<Boolean>> decided = new HashMap<>();

    /**
     * Takes a suffix into account.
     *
     * @param release what the suffix stands behind: the numbers of a version or of a date
     */
    void add(Shape suffix, List<String> release) {
        List<String> numbers = suffix.numbers();
        if (numbers.isEmpty()) {
            return;
        }
        List<NumberUse> form = uses.computeIfAbsent(
                suffix.form(),
                any -> numbers.stream().map(number -> new NumberUse()).toList());
        for (int i = 0; i < numbers.size(); i++) {
            form.get(i).add(numbers.get(i), release);
            usesOfWords
                    .computeIfAbsent(wordBefore(suffix, i), any -> new NumberUse())
                    .add(numbers.get(i), release);
        }
    }

    /** Takes a tag without a version into account: {@code jdk17} and {@code latest-jdk17} tell that jdk17 is a variant. */
    void addName(String tag, Commit commits) {
        Shape name = Shape.of(tag, commits);
        int numbers = name.numbers().size();
        boolean named = IntStream.range(0, numbers).allMatch(i -> {
            String number = wordBefore(name, i) + name.numbers().get(i);
            return name.numbers().get(i).length() <= LONGEST_NAME
                    && !VERSION.matcher(number).matches()
                    && (numbers == 1 || !ON_ITS_OWN.matcher(number).matches());
        });
        for (int i = 0; named && i < numbers; i++) {
            names.computeIfAbsent(wordBefore(name, i), any -> new HashSet<>())
                    .add(name.numbers().get(i));
        }
    }

    private static String wordBefore(Shape suffix, int number) {
        Matcher word = WORD_BEFORE.matcher(suffix.words().get(number));
        return word.find() ? word.group() : "";
    }

    /** Whether a variant is named by words alone, or is none: then no number and no commit in a suffix matters. */
    public static boolean isOfLetters(String variant) {
        return !NaturalOrder.hasDigit(variant) && !variant.contains(Shape.NUMBER) && variant.indexOf(Commit.MARK) < 0;
    }

    /** To be asked when all are added. */
    Reading read(Shape suffix) {
        List<Boolean> counting = decided.computeIfAbsent(suffix.form(), form -> decide(suffix));
        StringBuilder variant = new StringBuilder(suffix.words().get(0));
        List<String> counters = new ArrayList<>();
        for (int i = 0; i < suffix.numbers().size(); i++) {
            String number = suffix.numbers().get(i);
            boolean counts = counting.get(i)
                    || number.length() >= LONG_NUMBER && NaturalOrder.isNumber(number)
                    || REVISION.matcher(suffix.words().get(i)).matches();
            if (counts) {
                counters.addAll(List.of(number.split("\\.")));
            }
            variant.append(counts ? Shape.NUMBER : number).append(suffix.words().get(i + 1));
        }
        return new Reading(variant.toString(), counters);
    }

    /** For each number of this form whether it counts. */
    private List<Boolean> decide(Shape suffix) {
        List<NumberUse> numbers = uses.get(suffix.form());
        return IntStream.range(0, suffix.numbers().size())
                .mapToObj(i -> numbers != null && counts(numbers.get(i), wordBefore(suffix, i)))
                .toList();
    }

    private boolean counts(NumberUse form, String word) {
        NumberUse everywhere = usesOfWords.get(word);
        Set<String> named = names.getOrDefault(word, Set.of());
        boolean variant = named.size() <= MAX_NAMES && !Collections.disjoint(named, form.numbers());
        return !variant && (form.isOfSeveralReleases() ? form : everywhere).counts();
    }
}
