package io.jenkins.plugins.imageupdate.tags;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts why tags do not count, so that a policy can say so. */
final class Tally {
    /** Suffixes with a commit in them are as many as there are tags. */
    private static final int MAX_REASONS = 1_000;

    private static final int MAX_SHOWN = 4;

    private final Map<String, Integer> reasons = new HashMap<>();

    void count(String reason) {
        count(reason, 1);
    }

    void count(String reason, int tags) {
        String known = reasons.size() < MAX_REASONS || reasons.containsKey(reason) ? reason : "other reasons";
        reasons.merge(known, tags, Integer::sum);
    }

    /** The most frequent first; empty where nothing was counted. */
    String reasons() {
        List<Map.Entry<String, Integer>> sorted = reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        String shown = sorted.stream()
                .limit(MAX_SHOWN)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        int left = sorted.stream().skip(MAX_SHOWN).mapToInt(Map.Entry::getValue).sum();
        return shown + (left == 0 ? "" : ", other reasons (" + left + ")");
    }
}
