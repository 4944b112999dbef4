package io.jenkins.plugins.imageupdate.tags;

import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.TagList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts why tags do not count, so that a policy that matches nothing can say so. */
final class Tally {
    /** Suffixes with a commit in them are as many as there are tags. */
    private static final int MAX_REASONS = 1_000;

    private static final int MAX_SHOWN = 4;

    private final Map<String, Integer> reasons = new HashMap<>();
    private int matched;

    void matched(int tags) {
        matched = tags;
    }

    void count(String reason) {
        count(reason, 1);
    }

    void count(String reason, int tags) {
        String known = reasons.size() < MAX_REASONS || reasons.containsKey(reason) ? reason : "other reasons";
        reasons.merge(known, tags, Integer::sum);
    }

    String summary(String policy, List<String> chosen, TagList tags) {
        String cut = tags.truncated() ? "; the registry's list was cut off, a newer tag may be missing" : "";
        int listed = tags.names().size();
        if (!chosen.isEmpty()) {
            return Printable.of(policy) + ": " + matched + " of " + listed + " tags match, the newest is "
                    + chosen.get(0) + cut;
        }
        return Printable.of(policy) + " matches none of " + listed + " tags" + (listed == 0 ? "" : ": " + reasons())
                + cut;
    }

    private String reasons() {
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
