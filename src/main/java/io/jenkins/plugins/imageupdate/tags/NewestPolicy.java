package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.version.DateReader;
import io.jenkins.plugins.imageupdate.tags.version.NaturalOrder;
import io.jenkins.plugins.imageupdate.tags.version.TagDate;
import io.jenkins.plugins.imageupdate.tags.version.TagVersion;
import io.jenkins.plugins.imageupdate.tags.version.Variants;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The tag with the latest date in its name; see the package for why it is not the date of the image. Where the tag on the image has a
 * date too, only tags count that are like it but for the date, commits and numbers that count: with {@code bookworm-20240110-slim} never
 * {@code bookworm-20240211}. Where it has none, what stands before the date must be the same in all: {@code debian:latest} does not
 * lead to {@code sid-20240110}.
 */
record NewestPolicy(TagFilter filter) implements TagPolicy {
    /**
     * A tag with a date.
     *
     * @param counters numbers that put tags of one date in order
     */
    private record Dated(TagDate date, List<String> counters, String tag) {
        static final Comparator<Dated> AGE = Comparator.<Dated, LocalDateTime>comparing(
                        dated -> dated.date().time())
                .thenComparing(Dated::counters, TagVersion::compareNumbers);

        /** What is added to a name makes another image of the same day: the plain one counts; of plain ones the last. */
        static final Comparator<Dated> ORDER = Comparator.<Dated, LocalDateTime>comparing(
                        dated -> dated.date().time())
                .thenComparing(
                        dated -> dated.date()
                                .series()
                                .chars()
                                .filter(Character::isLetter)
                                .count(),
                        Comparator.reverseOrder())
                .thenComparing(Dated::counters, TagVersion::compareNumbers)
                .thenComparing(Dated::tag, NaturalOrder.INSTANCE);
    }

    @Override
    public TagChoice choose(TagList tags, @CheckForNull String written) {
        Selection<Dated> selection = new Selection<>(this, Dated.ORDER, Dated.AGE, Budget.NANOS);
        TagDate like = written == null ? null : TagDate.parseWithShort(written);
        if (like == null) {
            return selection.choose(tags, Written.withoutSeries(written, ""), tag -> {
                TagDate date = TagDate.parse(tag);
                return date == null
                        ? Verdict.not("no date")
                        : Verdict.ranked(new Dated(date, List.of(date.counter()), tag), new Series("", date.lead()));
            });
        }
        boolean shortDates = TagDate.parse(written) == null;
        DateReader reader = new DateReader(tags, like, shortDates);
        Variants.Reading wanted = reader.read(like);
        Dated floor = filter.admits(written) ? dated(like, wanted, written) : null;
        return selection.choose(tags, new Written<>(written, true, Series.PLAIN, floor), tag -> {
            TagDate date = reader.parse(tag);
            if (date == null) {
                return Verdict.not("no date");
            }
            Variants.Reading read = reader.read(date);
            return read.variant().equals(wanted.variant())
                    ? Verdict.ranked(dated(date, read, tag))
                    : Verdict.not("other than " + Printable.of(like.series()));
        });
    }

    private static Dated dated(TagDate date, Variants.Reading read, String tag) {
        List<String> counters = new ArrayList<>(read.counters());
        counters.add(date.counter());
        return new Dated(date, counters, tag);
    }

    @Override
    public TagPolicy withMax(int max) {
        return new NewestPolicy(filter.withMax(max));
    }

    @Override
    public String key() {
        return new PolicyKey("newest", "date").with(filter).toString();
    }

    @Override
    public String describe() {
        return "newest by the date in the name" + filter.describe();
    }
}
