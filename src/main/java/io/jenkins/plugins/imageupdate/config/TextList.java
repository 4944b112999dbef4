package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** A list of texts as users write it: a list in a Jenkinsfile or as code, one text with commas or line breaks in a form. */
public final class TextList {
    private TextList() {}

    /** The items, stripped of white space and without empty ones. */
    public static List<String> split(@CheckForNull Collection<String> written) {
        return Util.fixNull(written).stream()
                .filter(Objects::nonNull)
                .flatMap(text -> Arrays.stream(text.split("[,\\r\\n]")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** As {@link #split(Collection)}, for items that may contain commas: one per line. */
    public static List<String> lines(@CheckForNull Collection<String> written) {
        return Util.fixNull(written).stream()
                .filter(Objects::nonNull)
                .flatMap(String::lines)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** As {@link #split(Collection)}. */
    public static List<String> split(@CheckForNull String written) {
        return written == null ? List.of() : split(List.of(written));
    }
}
