package io.jenkins.plugins.imageupdate.tags;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What every policy has beside its own rule.
 *
 * @param include where there are any, one of them is to be found in the tag
 * @param exclude none of them may be
 * @param max how many tags count; each costs a request whenever the image is checked
 */
public record TagFilter(List<UserPattern> include, List<UserPattern> exclude, int max) {
    public static final int MAX_TAGS = 20;
    private static final int MAX_PATTERNS = 20;

    public TagFilter {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        if (include.size() > MAX_PATTERNS || exclude.size() > MAX_PATTERNS) {
            throw new IllegalArgumentException(
                    "no more than " + MAX_PATTERNS + " expressions may include or exclude tags");
        }
    }

    /** One tag, whichever it is. */
    public static TagFilter none() {
        return new TagFilter(List.of(), List.of(), 1);
    }

    /** From expressions; an {@link IllegalArgumentException} says what is wrong with one. */
    public static TagFilter of(List<String> include, List<String> exclude, int max) {
        if (max < 1 || max > MAX_TAGS) {
            throw new IllegalArgumentException(
                    "max is the number of tags that count, 1 to " + MAX_TAGS + ", not " + max);
        }
        return new TagFilter(
                include.stream().map(UserPattern::parse).toList(),
                exclude.stream().map(UserPattern::parse).toList(),
                max);
    }

    TagFilter withMax(int other) {
        return new TagFilter(include, exclude, other);
    }

    boolean admits(String tag) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> pattern.isIn(tag)))
                && exclude.stream().noneMatch(pattern -> pattern.isIn(tag));
    }

    /** Behind a policy's own words; empty where there is nothing to say. */
    String describe() {
        return described(", include ", include) + described(", exclude ", exclude) + (max == 1 ? "" : ", max " + max);
    }

    private static String described(String name, List<UserPattern> patterns) {
        return patterns.isEmpty()
                ? ""
                : name + patterns.stream().map(UserPattern::expression).collect(Collectors.joining(" or "));
    }
}
