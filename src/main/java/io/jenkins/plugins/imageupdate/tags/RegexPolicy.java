package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.TagList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** The greatest of the tags that an expression is found in. */
record RegexPolicy(UserPattern pattern, TagSort sort, TagFilter filter) implements TagPolicy {
    private static final Comparator<List<String>> NUMBERS = (one, two) -> {
        for (int i = 0; i < Math.min(one.size(), two.size()); i++) {
            int order = NaturalOrder.compareNumbers(one.get(i), two.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), two.size());
    };

    RegexPolicy {
        Objects.requireNonNull(sort);
    }

    @Override
    public TagChoice choose(TagList tags, @CheckForNull String written) {
        return switch (sort) {
            case NUMERIC -> choose(tags, NUMBERS, RegexPolicy::numbers, "a match without a number");
            case LEXICAL -> choose(tags, Comparator.<String>naturalOrder(), part -> part, "");
            case SEMVER ->
                new Selection<TagVersion>(this, Comparator.naturalOrder())
                        .choose(
                                tags,
                                TagVersion.variantOf(written),
                                tag -> judge(
                                        tag, TagVersion::parse, TagVersion::variant, "a match that is no version"));
        };
    }

    private <R> TagChoice choose(TagList tags, Comparator<R> order, Function<String, R> rank, String unranked) {
        return new Selection<R>(this, order).choose(tags, tag -> judge(tag, rank, any -> "", unranked));
    }

    private <R> Verdict<R> judge(String tag, Function<String, R> rank, Function<R, String> series, String unranked) {
        String part = pattern.part(tag);
        if (part == null) {
            return Verdict.not("no match");
        }
        R ranked = rank.apply(part);
        return ranked == null ? Verdict.not(unranked) : Verdict.ranked(ranked, series.apply(ranked));
    }

    @CheckForNull
    private static List<String> numbers(String part) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < part.length(); i++) {
            int end = NaturalOrder.endOfNumber(part, i);
            if (end > i) {
                numbers.add(part.substring(i, end));
                i = end;
            }
        }
        return numbers.isEmpty() ? null : numbers;
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
