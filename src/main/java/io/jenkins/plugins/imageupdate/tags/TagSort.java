package io.jenkins.plugins.imageupdate.tags;

/** How the tags that an expression is found in are put in order: by its groups, or by the whole tag where it has none. */
public enum TagSort {
    /** By the numbers in it, the first one first; a tag without any does not count. */
    NUMERIC,
    /** Character by character. */
    LEXICAL,
    /** As versions; a tag that is none does not count. */
    SEMVER
}
