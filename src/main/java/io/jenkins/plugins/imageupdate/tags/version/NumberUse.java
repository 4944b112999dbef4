package io.jenkins.plugins.imageupdate.tags.version;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The numbers that the tags of a repository have at one place of their suffix, and behind which versions.
 *
 * <ul>
 *   <li>Where one is 0 or 1, they count, beginning anew with each version: {@code k3s1}, {@code k3s2}.
 *   <li>Else they name variants where a quarter of them, or more, stands behind several versions: {@code jdk17}, {@code jdk21}.
 *   <li>Else they count, as each version has others: {@code ls209}, {@code ls212}.
 *   <li>One version alone tells less: they count where all are above 99, or where one of them is the next of another.
 *   <li>Numbers with a dot, as in {@code alpine3.20}, name variants unless there are three or more and none is shared.
 * </ul>
 */
public final class NumberUse {
    /** The versions that have a number. 1.25 and 1.25.3 are one here, as both may name one image. */
    private static final class Releases {
        private List<String> longest = List.of();
        private boolean several;

        void add(List<String> release) {
            boolean longer = release.size() > longest.size();
            List<String> start = longer ? longest : release;
            List<String> whole = longer ? release : longest;
            several |= !start.equals(whole.subList(0, start.size()));
            longest = whole;
        }
    }

    private static final int SHARED_OF = 4;
    private static final int DOTTED_AT_LEAST = 3;
    private static final int LARGE = 99;
    private static final int MAX_DIGITS = 9;

    private final Releases all = new Releases();
    private final Map<String, Releases> byNumber = new HashMap<>();

    void add(String number, List<String> release) {
        all.add(release);
        byNumber.computeIfAbsent(number, any -> new Releases()).add(release);
    }

    Set<String> numbers() {
        return byNumber.keySet();
    }

    boolean isOfSeveralReleases() {
        return all.several;
    }

    /** Whether they count, and name no variant. */
    boolean counts() {
        int different = byNumber.size();
        long shared =
                byNumber.values().stream().filter(releases -> releases.several).count();
        if (byNumber.keySet().stream().anyMatch(number -> number.indexOf('.') >= 0)) {
            return different >= DOTTED_AT_LEAST && shared == 0 && all.several;
        }
        if (different < 2) {
            return false;
        }
        Set<Long> numbers = byNumber.keySet().stream().map(NumberUse::bounded).collect(Collectors.toSet());
        if (numbers.contains(0L) || numbers.contains(1L)) {
            return true;
        }
        return all.several
                ? shared * SHARED_OF < different
                : numbers.stream().allMatch(number -> number > LARGE)
                        || numbers.stream().anyMatch(number -> numbers.contains(number + 1));
    }

    /** Larger ones need not be told apart here. */
    private static long bounded(String digits) {
        String number = NaturalOrder.withoutZeros(digits);
        return number.length() > MAX_DIGITS ? Long.MAX_VALUE >> 1 : Long.parseLong(number);
    }
}
