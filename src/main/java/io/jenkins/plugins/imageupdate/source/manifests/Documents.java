package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The documents of a YAML or JSON file. As kubectl does, a part that begins with a brace is tried as JSON first: several objects may
 * follow each other there, and tabs may indent them. Parts are separated by lines of three hyphens.
 */
final class Documents {
    private static final Pattern SEPARATOR = Pattern.compile("^---[ \t]*$", Pattern.MULTILINE);

    private final String text;
    private final Deque<Node> json = new ArrayDeque<>();
    private boolean readAsJson = true;
    private int start;
    private int line;
    private YamlDocuments yaml;

    Documents(String text) {
        this.text = text;
    }

    /** Whether what was read last was JSON. */
    boolean isJson() {
        return yaml == null;
    }

    /** Null at the end. */
    @CheckForNull
    Node next() throws SourceException {
        while (yaml == null && json.isEmpty()) {
            nextPart();
        }
        return json.isEmpty() ? yaml.next() : json.poll();
    }

    /** Whether a brace is the first thing behind white space and comments. */
    private boolean beginsWithBrace() {
        int at = start;
        while (at < text.length() && text.charAt(at) != '{') {
            boolean line = text.startsWith("//", at);
            boolean block = text.startsWith("/*", at);
            if (!line && !block && !Character.isWhitespace(text.charAt(at))) {
                return false;
            }
            int end = line || block ? text.indexOf(line ? "\n" : "*/", at + 2) : at + 1;
            at = end < 0 ? text.length() : end + (block ? 2 : 0);
        }
        return at < text.length();
    }

    private void nextPart() {
        if (readAsJson && beginsWithBrace()) {
            Matcher separator = SEPARATOR.matcher(text).region(start, text.length());
            boolean more = separator.find();
            String part = text.substring(start, more ? separator.start() : text.length());
            try {
                json.addAll(JsonDocuments.of(part, line));
                start = more ? separator.end() : text.length();
                line += (int) part.chars().filter(c -> c == '\n').count();
                return;
            } catch (IOException e) {
                readAsJson = false;
            }
        }
        // Empty lines stand for what is read already, so that lines keep their numbers.
        yaml = new YamlDocuments("\n".repeat(line) + text.substring(start));
    }
}
