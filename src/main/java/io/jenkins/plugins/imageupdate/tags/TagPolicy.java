package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.version.VersionRange;

/** Says which tags of a repository count. Equal policies are written alike; see the package for the rules. */
public sealed interface TagPolicy permits SemverPolicy, RegexPolicy, NewestPolicy, PushPolicy {
    /**
     * The tags that count, the newest first; none where nothing matches, which is never an update.
     *
     * @param written the tag on the image that the policy is for, which tells the variant; null for none
     */
    TagChoice choose(TagList tags, @CheckForNull String written);

    TagFilter filter();

    /** The same with another number of tags that count, for what a check has to ask beside those. */
    TagPolicy withMax(int max);

    /**
     * What tells this policy from others, for ledgers: {@code semver:>=1.4 <2|include=^1|max=3}, one line of printable ASCII. Equal policies
     * have one key, policies that differ in a setting have two. It does not change from release to release.
     */
    String key();

    /** In a few words, for messages only: {@code semver >=1.4 <2}. */
    String describe();

    /** Returns a {@link #key} as messages show it: {@code semver >=1.4 <2, include ^1, max 3}. */
    static String describe(String key) {
        return PolicyKey.describe(key);
    }

    /**
     * The newest version within a range.
     *
     * @param variant the suffix without its dash, empty for none; null for that of the tag written on the image
     */
    static TagPolicy semver(String range, @CheckForNull String variant, TagFilter filter) {
        return new SemverPolicy(VersionRange.parse(range), variant, filter);
    }

    /** The greatest of those that an expression is found in. */
    static TagPolicy regex(String expression, TagSort sort, TagFilter filter) {
        return new RegexPolicy(UserPattern.parse(expression), sort, filter);
    }

    /** The one with the latest date in its name. */
    static TagPolicy newest(TagFilter filter) {
        return new NewestPolicy(filter);
    }

    /** The one whose digest was pushed last, where the registry tells that. */
    static TagPolicy newestByPush(TagFilter filter) {
        return new PushPolicy(filter);
    }
}
