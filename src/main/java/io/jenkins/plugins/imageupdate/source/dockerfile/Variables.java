package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of the global scope: those that {@code ARG} declares before the first {@code FROM}, and the automatic ones of the
 * platforms (reference, "Understand how ARG and FROM interact", "Automatic platform ARGs in the global scope"). No other can take part
 * in the name of an image: {@code COPY --from} and {@code RUN --mount} expand none.
 */
final class Variables {
    private static final int MAX_PATTERNS = 1_000;

    private final Map<String, String> buildArgs;
    private final char escape;
    private final Map<String, Expanded> values = new HashMap<>();
    private int patterns;

    Variables(BuildSettings settings, char escape) {
        buildArgs = settings.buildArgs();
        this.escape = escape;
        AutomaticVariables.OF_TARGET.forEach(name -> values.put(name, Expanded.missing(name)));
        AutomaticVariables.OF_BUILDER.forEach(name -> values.put(name, Expanded.missing(name)));
        values.put(AutomaticVariables.STAGE, Expanded.missing(AutomaticVariables.STAGE));
        Platform target = settings.platform();
        if (target != null) {
            declare(target);
        }
        values.replaceAll((name, value) -> buildArgs.containsKey(name) ? Expanded.of(buildArgs.get(name)) : value);
    }

    private void declare(Platform target) {
        values.put("TARGETPLATFORM", Expanded.of(target.toString()));
        values.put("TARGETOS", Expanded.of(target.os()));
        values.put("TARGETARCH", Expanded.of(target.architecture()));
        values.put("TARGETVARIANT", Expanded.of(target.variant()));
    }

    /** {@code ARG a=1 b="$a c" d}: what the user gives counts before the default; without both, an earlier value stays. */
    void declare(String arguments) throws SourceException {
        List<String> words = Words.of(arguments, escape);
        if (words.isEmpty()) {
            throw new SourceException("ARG takes one name or more");
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (name.isEmpty()) {
                throw new SourceException("ARG takes names; there is none before the \"=\"");
            }
            if (buildArgs.containsKey(name)) {
                values.put(name, Expanded.of(buildArgs.get(name)));
            } else if (equals >= 0) {
                values.put(name, expand(word.substring(equals + 1)));
            }
        }
    }

    Expanded expand(String word) throws SourceException {
        return new Expander(word, escape, this).expand();
    }

    /** Matching is linear, but a file could ask for a great deal of it. */
    void countPattern() throws SourceException {
        if (++patterns > MAX_PATTERNS) {
            throw new SourceException("more than " + MAX_PATTERNS + " variables with a pattern are in this file");
        }
    }

    /** Null for a variable that is not set. */
    @CheckForNull
    Expanded get(String name) {
        return values.get(name);
    }
}
