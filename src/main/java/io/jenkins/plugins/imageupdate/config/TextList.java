package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** A list as users write it: as a list in a Jenkinsfile or as code, as one text with commas or line breaks in a form. */
public final class TextList {
    private TextList() {}

    /** Its items without white space around them, empty ones left out. */
    public static List<String> split(@CheckForNull Collection<String> written) {
        return Util.fixNull(written).stream()
                .filter(Objects::nonNull)
                .flatMap(text -> Arrays.stream(text.split("[,\\r\\n]")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** As {@link #split(Collection)} for items that may have commas in them: one to a line. */
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
