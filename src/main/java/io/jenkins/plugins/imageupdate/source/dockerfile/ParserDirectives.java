package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments at the top of a Dockerfile that steer its reading (reference, "Parser directives"). The first line that is not one of
 * the known directives ends them. As in BuildKit, a first line {@code #!…} is passed over in search of the frontend, and the frontend
 * may be named in comments with {@code //} as well, since the file may be written for any.
 *
 * @param escape the escape character, a backslash or a backtick
 * @param syntax the frontend's image, null for none
 * @param syntaxLine its line
 * @param foreign whether the frontend is named in the way of another language, so that this is not a Dockerfile
 */
record ParserDirectives(char escape, @CheckForNull String syntax, int syntaxLine, boolean foreign) {
    private static final String SCRIPT = "#!";
    private static final String COMMENT = "#";
    private static final String FOREIGN_COMMENT = "//";
    private static final String SYNTAX = "syntax";
    private static final String ESCAPE = "escape";
    private static final Set<String> KNOWN = Set.of(SYNTAX, ESCAPE, "check");
    private static final Pattern DIRECTIVE = Pattern.compile("\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=(.*)");

    private record Directive(int line, String value) {}

    static ParserDirectives of(List<String> lines) throws SourceException {
        boolean script = lines.get(0).startsWith(SCRIPT);
        Map<String, Directive> directives = directives(lines, script ? 1 : 0, COMMENT);
        // To the parser of instructions, the line is a comment like others and ends the directives.
        Directive escape = script ? null : directives.get(ESCAPE);
        Directive syntax = directives.get(SYNTAX);
        Directive foreign = directives(lines, script ? 1 : 0, FOREIGN_COMMENT).get(SYNTAX);
        Directive frontend = syntax == null ? foreign : syntax;
        return new ParserDirectives(
                escape == null ? '\\' : escape(escape),
                // What follows a space is for the frontend.
                frontend == null ? null : frontend.value().split(" ", 2)[0],
                frontend == null ? 0 : frontend.line(),
                syntax == null && foreign != null);
    }

    private static Map<String, Directive> directives(List<String> lines, int first, String comment)
            throws SourceException {
        Map<String, Directive> directives = new HashMap<>();
        for (int i = first; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Matcher directive = DIRECTIVE.matcher(line.startsWith(comment) ? line.substring(comment.length()) : "");
            String name = directive.matches() ? directive.group(1).toLowerCase(Locale.ROOT) : "";
            String value = name.isEmpty() ? "" : directive.group(2).strip();
            if (value.isEmpty() || !KNOWN.contains(name)) {
                break;
            }
            if (directives.put(name, new Directive(i + 1, value)) != null) {
                throw new SourceException(i + 1, "the parser directive \"" + name + "\" may stand there once only");
            }
        }
        return directives;
    }

    private static char escape(Directive escape) throws SourceException {
        if (!escape.value().equals("\\") && !escape.value().equals("`")) {
            throw new SourceException(
                    escape.line(), "the escape character is a backslash or a backtick, and nothing else");
        }
        return escape.value().charAt(0);
    }
}
