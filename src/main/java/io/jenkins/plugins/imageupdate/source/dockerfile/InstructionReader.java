package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.List;

/**
 * Reads instruction after instruction: lines are joined where the escape character ends them, comments and empty lines within are left
 * out (reference, "Format"), and the lines of here-documents are passed over (reference, "Here-Documents").
 */
final class InstructionReader {
    private static final int MAX_JOINED = 10_000;

    private final List<String> lines;
    private final char escape;
    private int next;

    InstructionReader(List<String> lines, char escape) {
        this.lines = lines;
        this.escape = escape;
    }

    /** Null at the end. */
    @CheckForNull
    Instruction next() throws SourceException {
        while (next < lines.size()) {
            int line = next + 1;
            String text = joined();
            if (!GoSpace.isBlank(text)) {
                Instruction instruction = Instruction.of(line, text, escape);
                skipHeredocs(instruction);
                return instruction;
            }
        }
        return null;
    }

    private String joined() throws SourceException {
        int first = next;
        String line = lines.get(next++);
        StringBuilder text = new StringBuilder();
        if (isComment(line)) {
            return "";
        }
        boolean more = append(text, GoSpace.stripLeading(line));
        while (more && next < lines.size()) {
            if (next - first >= MAX_JOINED) {
                throw new SourceException(
                        first + 1, "more than " + MAX_JOINED + " lines make one instruction; it is not read on");
            }
            line = lines.get(next++);
            if (!isComment(line) && !GoSpace.isBlank(line)) {
                more = append(text, line);
            }
        }
        return text.toString();
    }

    /** Whether the line goes on: the escape character ends it, and is not itself escaped. */
    private boolean append(StringBuilder text, String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\r')) {
            end--;
        }
        int last = end;
        while (last > 0 && (line.charAt(last - 1) == ' ' || line.charAt(last - 1) == '\t')) {
            last--;
        }
        boolean more = last > 0 && line.charAt(last - 1) == escape && (last == 1 || line.charAt(last - 2) != escape);
        text.append(line, 0, more ? last - 1 : end);
        return more;
    }

    private void skipHeredocs(Instruction instruction) throws SourceException {
        for (Heredoc heredoc : Heredoc.of(instruction, escape)) {
            boolean ended = false;
            while (!ended && next < lines.size()) {
                ended = heredoc.endsWith(lines.get(next++));
            }
            if (!ended) {
                throw new SourceException(
                        instruction.line(),
                        "the here-document <<" + Printable.of(heredoc.delimiter()) + " does not end in this file");
            }
        }
    }

    private static boolean isComment(String line) {
        return GoSpace.stripLeading(line).startsWith("#");
    }
}
