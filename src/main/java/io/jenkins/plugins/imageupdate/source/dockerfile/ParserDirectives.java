package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments at the top of a Dockerfile that steer its reading (reference, "Parser directives"). The first line that is not one of
 * the known directives ends them.
 *
 * @param escape the escape character, a backslash or a backtick
 * @param syntax the frontend's image, null for none
 * @param syntaxLine its line
 */
record ParserDirectives(char escape, @CheckForNull String syntax, int syntaxLine) {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=(.*)");
    private static final Set<String> KNOWN = Set.of("syntax", "escape", "check");

    static ParserDirectives of(List<String> lines) throws SourceException {
        char escape = '\\';
        String syntax = null;
        int syntaxLine = 0;
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher directive = DIRECTIVE.matcher(lines.get(i).strip());
            String name = directive.matches() ? directive.group(1).toLowerCase(Locale.ROOT) : "";
            String value = name.isEmpty() ? "" : directive.group(2).strip();
            if (value.isEmpty() || !KNOWN.contains(name)) {
                break;
            }
            if (!seen.add(name)) {
                throw new SourceException(i + 1, "the parser directive \"" + name + "\" may stand there once only");
            }
            if (name.equals("escape")) {
                escape = escape(i + 1, value);
            } else if (name.equals("syntax")) {
                // What follows a space is for the frontend.
                syntax = value.split("\\s", 2)[0];
                syntaxLine = i + 1;
            }
        }
        return new ParserDirectives(escape, syntax, syntaxLine);
    }

    private static char escape(int line, String value) throws SourceException {
        if (!value.equals("\\") && !value.equals("`")) {
            throw new SourceException(line, "the escape character is a backslash or a backtick, and nothing else");
        }
        return value.charAt(0);
    }
}
