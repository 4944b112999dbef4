package io.jenkins.plugins.imageupdate.tags;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** The greatest tags of one series, no more of them than count. */
final class Best<R> {
    private record Ranked<R>(String tag, R rank) {}

    private final Comparator<Ranked<R>> order;
    private final PriorityQueue<Ranked<R>> best;
    private final int max;
    private int matched;

    /** Of equal ones that on the image is the greatest, then the first in the alphabet, so that it is always the same. */
    Best(Comparator<? super R> order, Written<R> written, int max) {
        this.order = Comparator.<Ranked<R>, R>comparing(Ranked::rank, order)
                .thenComparing(ranked -> written.is(ranked.tag()))
                .thenComparing(Ranked::tag, Comparator.reverseOrder());
        this.best = new PriorityQueue<>(this.order);
        this.max = max;
    }

    void add(String tag, R rank) {
        matched++;
        best.add(new Ranked<>(tag, rank));
        if (best.size() > max) {
            best.poll();
        }
    }

    /** How many there are, with those that do not count. */
    int matched() {
        return matched;
    }

    /** The greatest first. */
    List<String> tags() {
        return sorted().map(Ranked::tag).toList();
    }

    String greatest() {
        return tags().get(0);
    }

    R rank() {
        return sorted().toList().get(0).rank();
    }

    private Stream<Ranked<R>> sorted() {
        return best.stream().sorted(order.reversed());
    }
}
