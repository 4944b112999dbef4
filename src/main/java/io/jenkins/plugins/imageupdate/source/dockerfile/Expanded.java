package io.jenkins.plugins.imageupdate.source.dockerfile;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Text whose variables are put in.
 *
 * @param missing the names of those that took part without a value being known; the text is not to be relied on then
 */
record Expanded(String text, Set<String> missing) {
    /** Far longer than a reference may be; without a bound, variables that double one another fill the memory. */
    static final int MAX_LENGTH = 4_096;

    static Expanded of(String text) {
        return new Expanded(text, Set.of());
    }

    static Expanded missing(String name) {
        return new Expanded("", Set.of(name));
    }

    Expanded with(String changed) {
        return new Expanded(changed, missing);
    }

    Expanded plus(Expanded other) {
        Set<String> both = new LinkedHashSet<>(missing);
        both.addAll(other.missing);
        return new Expanded(text + other.text, both);
    }
}
