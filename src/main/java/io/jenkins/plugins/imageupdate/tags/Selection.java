package io.jenkins.plugins.imageupdate.tags;

import io.jenkins.plugins.imageupdate.registry.TagList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Picks the greatest tags of a list, holding no more of them than count. They are of one series: the one that is wanted, else the plain
 * one, else the only one there is. Of several others none is picked, for each would be a guess.
 */
final class Selection<R> {
    private record Ranked<R>(String tag, R rank) {}

    private static final class Series<R> {
        private final PriorityQueue<Ranked<R>> best;
        private int matched;

        Series(Comparator<Ranked<R>> order) {
            best = new PriorityQueue<>(order);
        }

        void add(Ranked<R> ranked, int max) {
            matched++;
            best.add(ranked);
            if (best.size() > max) {
                best.poll();
            }
        }

        /** The greatest first. */
        List<String> tags() {
            List<String> tags = new ArrayList<>();
            while (!best.isEmpty()) {
                tags.add(best.poll().tag());
            }
            Collections.reverse(tags);
            return tags;
        }
    }

    /** Where there are as many, none is the only one; and it may be that each tag makes one of its own. */
    private static final int MAX_SERIES = 100;

    private static final String PLAIN = "";

    /** Expressions are bounded in size and do not backtrack; this is for the worst of them on the longest of lists. */
    private static final long BUDGET = TimeUnit.SECONDS.toNanos(30);

    private static final int TAGS_BETWEEN_LOOKS = 100;

    private final TagPolicy policy;
    private final Comparator<Ranked<R>> order;
    private final long budget;
    private final Tally tally = new Tally();

    Selection(TagPolicy policy, Comparator<? super R> order) {
        this(policy, order, BUDGET);
    }

    Selection(TagPolicy policy, Comparator<? super R> order, long budget) {
        this.policy = policy;
        // Of equal ones the first in the alphabet, so that it is always the same.
        this.order = Comparator.<Ranked<R>, R>comparing(Ranked::rank, order)
                .thenComparing(Ranked::tag, Comparator.reverseOrder());
        this.budget = budget;
    }

    TagChoice choose(TagList tags, Function<String, Verdict<R>> judge) {
        return choose(tags, PLAIN, judge);
    }

    TagChoice choose(TagList tags, String wanted, Function<String, Verdict<R>> judge) {
        TagFilter filter = policy.filter();
        Map<String, Series<R>> found = new LinkedHashMap<>();
        long start = System.nanoTime();
        int seen = 0;
        for (String tag : tags.names()) {
            if (++seen % TAGS_BETWEEN_LOOKS == 0 && System.nanoTime() - start > budget) {
                return new TagChoice(
                        List.of(),
                        tags.truncated(),
                        policy.describe() + " was given up: its expressions take too long on "
                                + tags.names().size() + " tags; make them simpler");
            }
            if (!filter.admits(tag)) {
                tally.count("left out by include or exclude");
                continue;
            }
            Verdict<R> verdict = judge.apply(tag);
            R rank = verdict.rank();
            if (rank == null) {
                tally.count(verdict.reason());
                continue;
            }
            String series = verdict.series();
            if (found.size() < MAX_SERIES
                    || found.containsKey(series)
                    || series.equals(wanted)
                    || series.equals(PLAIN)) {
                found.computeIfAbsent(series, name -> new Series<>(order)).add(new Ranked<>(tag, rank), filter.max());
            } else {
                tally.count("one of many series");
            }
        }
        return result(tags, found, wanted);
    }

    private TagChoice result(TagList tags, Map<String, Series<R>> found, String wanted) {
        Series<R> only = found.size() == 1 ? found.values().iterator().next() : null;
        Series<R> series = found.getOrDefault(wanted, found.getOrDefault(PLAIN, only));
        List<String> chosen = List.of();
        if (series != null) {
            tally.matched(series.matched);
            chosen = series.tags();
        } else {
            for (Series<R> one : found.values()) {
                tally.count("one of several series, like " + one.tags().get(0), one.matched);
            }
        }
        return new TagChoice(chosen, tags.truncated(), tally.summary(policy.describe(), chosen, tags));
    }
}
