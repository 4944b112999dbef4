package io.jenkins.plugins.imageupdate.tags;

import io.jenkins.plugins.imageupdate.tags.version.NaturalOrder;
import io.jenkins.plugins.imageupdate.tags.version.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * The tags that are most like another one, for people who wonder why these do not count: first those that differ from it in numbers
 * alone, then those that begin and end as it does; of these the greatest.
 */
final class Nearest {
    private static final int SHOWN = 3;

    private record Candidate(String tag, int likeness) {}

    private final String form;
    private final PriorityQueue<Candidate> best = new PriorityQueue<>(
            Comparator.comparingInt(Candidate::likeness).thenComparing(Candidate::tag, NaturalOrder.INSTANCE));

    Nearest(String tag) {
        this.form = form(tag);
    }

    void add(String tag) {
        best.add(new Candidate(tag, likeness(form(tag))));
        if (best.size() > SHOWN) {
            best.poll();
        }
    }

    /** The nearest first. */
    List<LeftOut> leftOut(Function<String, String> reason) {
        List<LeftOut> tags = new ArrayList<>();
        while (!best.isEmpty()) {
            String tag = best.poll().tag();
            tags.add(new LeftOut(tag, reason.apply(tag)));
        }
        Collections.reverse(tags);
        return tags;
    }

    /** With one mark for each number: quicker than by {@link Shape}, and enough to tell what looks alike. */
    private static String form(String tag) {
        StringBuilder form = new StringBuilder(tag.length());
        for (int i = 0; i < tag.length(); i++) {
            if (!NaturalOrder.isDigit(tag.charAt(i))) {
                form.append(tag.charAt(i));
            } else if (i == 0 || !NaturalOrder.isDigit(tag.charAt(i - 1))) {
                form.append(Shape.NUMBER);
            }
        }
        return form.toString();
    }

    private int likeness(String other) {
        if (other.equals(form)) {
            return Integer.MAX_VALUE;
        }
        int shorter = Math.min(form.length(), other.length());
        int start = 0;
        while (start < shorter && form.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && form.charAt(form.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        return start + end;
    }
}
