package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.version.GroupNumbers;
import io.jenkins.plugins.imageupdate.tags.version.Numbering;
import io.jenkins.plugins.imageupdate.tags.version.TagVersion;
import io.jenkins.plugins.imageupdate.tags.version.VersionReader;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The greatest of the tags that an expression is found in. */
record RegexPolicy(UserPattern pattern, TagSort sort, TagFilter filter) implements TagPolicy {
    RegexPolicy {
        Objects.requireNonNull(sort);
    }

    @Override
    public TagChoice choose(TagList tags, @CheckForNull String written) {
        return switch (sort) {
            case NUMERIC -> numeric(tags, written);
            case LEXICAL -> lexical(tags, written);
            case SEMVER -> semver(tags, written);
        };
    }

    private TagChoice numeric(TagList tags, @CheckForNull String written) {
        GroupNumbers like = written == null ? null : numbers(written).rank();
        return new Selection<>(this, GroupNumbers.ORDER, GroupNumbers.AGE, Budget.NANOS)
                .choose(tags, written(written, like, Series.PLAIN), tag -> {
                    Verdict<GroupNumbers> verdict = numbers(tag);
                    GroupNumbers rank = verdict.rank();
                    return rank == null || like == null || like.isComparableWith(rank)
                            ? verdict
                            : Verdict.ranked(rank, Series.OTHER_NUMBERS);
                });
    }

    private Verdict<GroupNumbers> numbers(String tag) {
        List<String> groups = pattern.groups(tag);
        if (groups == null) {
            return Verdict.not("no match");
        }
        GroupNumbers numbers = GroupNumbers.of(groups);
        return numbers == null ? Verdict.not("a match without a number") : Verdict.ranked(numbers);
    }

    private TagChoice lexical(TagList tags, @CheckForNull String written) {
        String like = written == null ? null : pattern.part(written);
        return new Selection<String>(this, Comparator.naturalOrder())
                .choose(tags, written(written, like, Series.PLAIN), tag -> {
                    String part = pattern.part(tag);
                    return part == null ? Verdict.not("no match") : Verdict.ranked(part);
                });
    }

    private TagChoice semver(TagList tags, @CheckForNull String written) {
        Selection<TagVersion> selection =
                new Selection<>(this, Comparator.naturalOrder(), TagVersion.AGE, Budget.NANOS);
        Budget budget = selection.budget();
        String part = written == null ? null : pattern.part(written);
        VersionReader reader = new VersionReader(
                () -> tags.names().stream()
                        .takeWhile(tag -> budget.step())
                        .map(pattern::part)
                        .filter(Objects::nonNull),
                part);
        TagVersion like = part == null ? null : reader.read(part);
        Numbering numbering = Numbering.seenFrom(like);
        return selection.choose(
                tags,
                written(written, like, like == null ? Series.PLAIN : new Series(numbering.of(like), like.variant())),
                tag -> judge(pattern.part(tag), reader, numbering));
    }

    private static Verdict<TagVersion> judge(@CheckForNull String part, VersionReader reader, Numbering numbering) {
        if (part == null) {
            return Verdict.not("no match");
        }
        TagVersion version = reader.read(part);
        return version == null
                ? Verdict.not("a match that is not a version")
                : Verdict.ranked(version, new Series(numbering.of(version), version.variant()));
    }

    private <R> Written<R> written(@CheckForNull String written, @CheckForNull R rank, Series series) {
        boolean allowed = written != null && filter.admits(written);
        return new Written<>(written, rank != null, series, allowed ? rank : null);
    }

    @Override
    public TagPolicy withMax(int max) {
        return new RegexPolicy(pattern, sort, filter.withMax(max));
    }

    @Override
    public String key() {
        return new PolicyKey("regex", pattern.expression())
                .with("sort", sortName())
                .with(filter)
                .toString();
    }

    @Override
    public String describe() {
        return "regex " + pattern + ", " + sortName() + filter.describe();
    }

    private String sortName() {
        return sort.name().toLowerCase(Locale.ROOT);
    }
}
