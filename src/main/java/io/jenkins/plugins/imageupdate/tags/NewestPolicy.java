package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.TagList;
import java.time.LocalDateTime;
import java.util.Comparator;

/**
 * The tag with the latest date in its name; see the package for why it is not the date of the image. Where the tag on the image has a
 * date too, only tags that are like it but for the date count: with {@code bookworm-20240110-slim} never {@code bookworm-20240211}. Where it
 * has none, what stands before the date must be the same in all: {@code debian:latest} is no reason to follow {@code sid-20240110}.
 */
record NewestPolicy(TagFilter filter) implements TagPolicy {
    private record Dated(TagDate date, String tag) {
        /** What is added to a name makes another image of the same day: the plain one counts; of plain ones the last. */
        private static final Comparator<Dated> ORDER = Comparator.<Dated, LocalDateTime>comparing(
                        dated -> dated.date().time())
                .thenComparing(
                        dated -> dated.tag().chars().filter(Character::isLetter).count(), Comparator.reverseOrder())
                .thenComparing(Dated::tag, NaturalOrder.INSTANCE);
    }

    @Override
    public TagChoice choose(TagList tags, @CheckForNull String written) {
        TagDate like = written == null ? null : TagDate.parse(written);
        return new Selection<Dated>(this, Dated.ORDER).choose(tags, tag -> judge(tag, like));
    }

    private static Verdict<Dated> judge(String tag, @CheckForNull TagDate like) {
        TagDate date = TagDate.parse(tag);
        if (date == null) {
            return Verdict.not("no date");
        }
        return like == null || like.series().equals(date.series())
                ? Verdict.ranked(new Dated(date, tag), date.lead())
                : Verdict.not("other than " + like.series());
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
