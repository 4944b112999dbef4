package io.jenkins.plugins.imageupdate.watch.tags;

import io.jenkins.plugins.imageupdate.registry.TagList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Picks the greatest tags of a list, holding no more of them than count. */
final class Selection<R> {
    private record Ranked<R>(String tag, R rank) {}

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
        TagFilter filter = policy.filter();
        PriorityQueue<Ranked<R>> best = new PriorityQueue<>(order);
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
            if (verdict.rank() == null) {
                tally.count(verdict.reason());
                continue;
            }
            tally.matched();
            best.add(new Ranked<>(tag, verdict.rank()));
            if (best.size() > filter.max()) {
                best.poll();
            }
        }
        return result(tags, best);
    }

    private TagChoice result(TagList tags, PriorityQueue<Ranked<R>> best) {
        List<String> chosen = new ArrayList<>();
        while (!best.isEmpty()) {
            chosen.add(best.poll().tag());
        }
        Collections.reverse(chosen);
        return new TagChoice(chosen, tags.truncated(), tally.summary(policy.describe(), chosen, tags));
    }
}
