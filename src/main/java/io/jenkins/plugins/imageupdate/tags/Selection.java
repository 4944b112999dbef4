package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.version.NaturalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Picks the highest tags of a list, and holds only as many as count. All are of one series. It is the series of the tag on the image, if the
 * policy allows that tag; otherwise the wanted series, the plain one, or the only one of the list, in this order. Of several other series
 * none is picked, since each would be a guess. A tag that is older than the tag on the image is not picked, if the policy allows the tag on
 * the image.
 */
final class Selection<R> {
    /** Where there are as many, none is the only one; and it may be that each tag makes one of its own. */
    private static final int MAX_SERIES = 100;

    private final TagPolicy policy;
    private final Comparator<? super R> order;
    private final Comparator<? super R> age;
    private final Budget budget;
    private final Tally tally = new Tally();
    private final Map<Series, Best<R>> found = new LinkedHashMap<>();
    private boolean rivals;

    Selection(TagPolicy policy, Comparator<? super R> order) {
        this(policy, order, Budget.NANOS);
    }

    Selection(TagPolicy policy, Comparator<? super R> order, long nanos) {
        this(policy, order, order, nanos);
    }

    /** @param age as the order, for tags of which neither is older */
    Selection(TagPolicy policy, Comparator<? super R> order, Comparator<? super R> age, long nanos) {
        this.policy = policy;
        this.order = order;
        this.age = age;
        this.budget = new Budget(nanos);
    }

    Budget budget() {
        return budget;
    }

    TagChoice choose(TagList tags, Function<String, Verdict<R>> judge) {
        return choose(tags, Written.none(), judge);
    }

    TagChoice choose(TagList tags, Written<R> written, Function<String, Verdict<R>> judge) {
        for (String tag : tags.names()) {
            if (!budget.step()) {
                return givenUp(tags);
            }
            Verdict<R> verdict = filtered(tag, judge);
            R rank = verdict.rank();
            if (rank == null) {
                tally.count(verdict.reason());
            } else {
                add(tag, rank, verdict.series(), written);
            }
        }
        Series series = chosen(written);
        Best<R> best = found.getOrDefault(series, new Best<>(order, written, 1));
        found.forEach((other, tagsOfIt) -> {
            if (!other.equals(series)) {
                tally.count(
                        series == null ? "one of several series, like " + tagsOfIt.greatest() : other.against(series),
                        tagsOfIt.matched());
            }
        });
        List<String> names = best.tags();
        if (written.rank() != null && !names.isEmpty() && age.compare(best.rank(), written.rank()) < 0) {
            tally.count("older than " + written.shown() + ", the tag on the image", best.matched());
            names = List.of();
        }
        return choice(tags, written, judge, series, names);
    }

    private Verdict<R> filtered(String tag, Function<String, Verdict<R>> judge) {
        return policy.filter().admits(tag) ? judge.apply(tag) : Verdict.not("left out by include or exclude");
    }

    private void add(String tag, R rank, Series series, Written<R> written) {
        rivals |= !series.givesWayToPlain();
        if (found.size() < MAX_SERIES
                || found.containsKey(series)
                || series.equals(written.series())
                || series.equals(Series.PLAIN)) {
            found.computeIfAbsent(
                            series,
                            any -> new Best<>(order, written, policy.filter().max()))
                    .add(tag, rank);
        } else {
            tally.count("one of many series");
        }
    }

    @CheckForNull
    private Series chosen(Written<R> written) {
        if (written.rank() != null || written.tells() && found.containsKey(written.series())) {
            return written.series();
        }
        for (Series usual : List.of(written.series(), Series.PLAIN)) {
            if (found.containsKey(usual) && !rivals) {
                return usual;
            }
        }
        return found.size() == 1 ? found.keySet().iterator().next() : null;
    }

    private TagChoice givenUp(TagList tags) {
        return new TagChoice(
                List.of(),
                tags.truncated(),
                policy.describe() + " was given up: its expressions take too long on "
                        + tags.names().size() + " tags; make them simpler",
                "",
                List.of(),
                List.of());
    }

    private TagChoice choice(
            TagList tags,
            Written<R> written,
            Function<String, Verdict<R>> judge,
            @CheckForNull Series series,
            List<String> chosen) {
        int matched = chosen.isEmpty() ? 0 : found.get(series).matched();
        int listed = tags.names().size();
        String outcome = Printable.of(policy.describe())
                + (chosen.isEmpty()
                        ? " matches none of " + listed + " tags" + (listed == 0 ? "" : ": " + tally.reasons())
                        : ": " + matched + " of " + listed + " tags match, the newest is " + chosen.get(0))
                + (tags.truncated() ? "; the registry's list was cut off, a newer tag may be missing" : "");
        List<String> notes = new ArrayList<>();
        List<LeftOut> nearest = List.of();
        if (series != null && !chosen.isEmpty()) {
            notes.addAll(otherNumberings(series));
        }
        String tag = written.tag();
        boolean numbered = tag != null && NaturalOrder.hasDigit(tag);
        if (numbered && !chosen.isEmpty() && !written.tells()) {
            notes.add(written.shown() + ", the tag on the image, cannot be compared, so it is not known whether "
                    + chosen.get(0) + " is newer.");
        }
        if (numbered && (chosen.isEmpty() || matched == 1 && written.is(chosen.get(0)))) {
            nearest = nearest(tags, new Nearest(tag), written, judge, series);
            notes.addAll(stuck(written, chosen.isEmpty(), nearest));
        }
        return new TagChoice(chosen, tags.truncated(), outcome, tally.reasons(), notes, nearest);
    }

    private List<String> otherNumberings(Series series) {
        return found.entrySet().stream()
                .filter(other -> other.getKey().variant().equals(series.variant())
                        && !other.getKey().numbering().equals(series.numbering()))
                .map(other -> {
                    int more = other.getValue().matched() - 1;
                    return other.getValue().greatest() + (more == 0 ? "" : " and " + more + " more")
                            + (more == 0 ? " has" : " have") + " another numbering"
                            + (other.getKey().numbering().isEmpty()
                                    ? ""
                                    : " (" + other.getKey().numbering() + ")")
                            + " and cannot be compared.";
                })
                .sorted()
                .toList();
    }

    private List<LeftOut> nearest(
            TagList tags,
            Nearest nearest,
            Written<R> written,
            Function<String, Verdict<R>> judge,
            @CheckForNull Series series) {
        tags.names().stream()
                .filter(tag -> !written.is(tag) && NaturalOrder.hasDigit(tag))
                .forEach(nearest::add);
        return nearest.leftOut(tag -> {
            Verdict<R> verdict = filtered(tag, judge);
            return verdict.rank() == null
                    ? verdict.reason()
                    : series == null
                            ? "one of several series"
                            : series.equals(verdict.series())
                                    ? "older than " + written.shown()
                                    : verdict.series().against(series);
        });
    }

    private static <R> List<String> stuck(Written<R> written, boolean nothing, List<LeftOut> nearest) {
        if (nearest.isEmpty()) {
            return List.of();
        }
        String tags = nearest.stream().map(LeftOut::toString).collect(Collectors.joining(", "));
        return List.of(
                nothing
                        ? "The tags that are most like " + written.shown() + " do not match: " + tags + "."
                        : "Only " + written.shown()
                                + ", the tag on the image, matches. The tags that are most like it do" + " not match: "
                                + tags + ".");
    }
}
