package io.jenkins.plugins.imageupdate.source.manifests;

import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables without modifiers, as GitLab, OpenShift and bake files have them. */
final class Substitution {
    private static final int MAX_LENGTH = 4_096;
    private static final Pattern BRACED = Pattern.compile("\\$\\{\\{?([A-Za-z0-9_]+)\\}?\\}");
    private static final Pattern SHELL = Pattern.compile("\\$\\$|\\$\\{([A-Za-z0-9_]+)\\}|\\$([A-Za-z0-9_]+)");

    private Substitution() {}

    /**
     * Puts values in for <code>${NAME}</code>.
     *
     * @param values gives the value of a name, or null
     * @param from what gives a value, for the message
     * @throws SourceException if a variable has no value
     */
    static String braced(String text, Function<String, String> values, String from) throws SourceException {
        return replaced(BRACED.matcher(text), text, values, from);
    }

    /** The same for {@code $NAME} too; {@code $$} is a dollar. */
    static String shell(String text, Function<String, String> values, String from) throws SourceException {
        return replaced(SHELL.matcher(text), text, values, from);
    }

    private static String replaced(Matcher variable, String text, Function<String, String> values, String from)
            throws SourceException {
        StringBuilder replaced = new StringBuilder();
        while (variable.find()) {
            String name = variable.group(1);
            if (name == null && variable.groupCount() == 2) {
                name = variable.group(2);
            }
            String value = name == null ? "$" : values.apply(name);
            if (value == null) {
                throw new SourceException(Printable.of(name) + " in " + Printable.of(text)
                        + " has no value: give it by buildArgs, or " + from);
            }
            variable.appendReplacement(replaced, Matcher.quoteReplacement(value));
            if (replaced.length() > MAX_LENGTH) {
                throw new SourceException("the text is longer than " + MAX_LENGTH + " characters");
            }
        }
        return variable.appendTail(replaced).toString();
    }
}
