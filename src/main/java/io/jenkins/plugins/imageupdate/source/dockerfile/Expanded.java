package io.jenkins.plugins.imageupdate.source.dockerfile;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Text whose variables are put in.
 *
 * @param text with a mark of {@link AutomaticVariables} for each value that is not known
 * @param missing the names of the variables that took part and whose value is not known
 */
record Expanded(String text, Set<String> missing) {
    /** Far longer than a reference may be; without a bound, variables that double one another fill the memory. */
    static final int MAX_LENGTH = 4_096;

    static Expanded of(String text) {
        return new Expanded(text, Set.of());
    }

    static Expanded missing(String name) {
        return new Expanded(String.valueOf(AutomaticVariables.mark(name)), Set.of(name));
    }

    Expanded with(String changed) {
        return new Expanded(changed, missing);
    }

    /** As one text that may be anything. */
    Expanded unknown() {
        return with(String.valueOf(AutomaticVariables.ANY_MARK));
    }

    Expanded plus(Expanded other) {
        Set<String> both = new LinkedHashSet<>(missing);
        both.addAll(other.missing);
        return new Expanded(text + other.text, both);
    }
}
