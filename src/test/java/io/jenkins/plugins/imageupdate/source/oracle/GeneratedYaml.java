package io.jenkins.plugins.imageupdate.source.oracle;

import java.util.ArrayList;
import java.util.List;

/** YAML files as a grammar makes them: all styles of scalars and collections, comments, anchors, tabs between tokens. */
final class GeneratedYaml {
    private static final int MAX_DEPTH = 4;
    private static final List<String> WORDS = List.of(
            "image",
            "nginx:1.27",
            "a",
            "b-c",
            "x y z",
            "http://x/y",
            "- no",
            "a#b",
            "~x",
            "12",
            "1.50",
            "true",
            "null",
            "é𝄞",
            "a,b",
            "it's",
            "a\"b",
            "[x]",
            "{y}",
            ": z",
            "# w",
            "%d",
            "@at",
            "!bang",
            "&amp",
            "*star",
            "",
            " lead",
            "trail ",
            "a: b",
            "key:");

    private final Dice dice;
    private final StringBuilder text = new StringBuilder();
    private final List<String> anchors = new ArrayList<>();
    private int keys;

    private GeneratedYaml(int number) {
        dice = new Dice(number);
    }

    static String text(int number) {
        return new GeneratedYaml(number).all();
    }

    private String all() {
        int documents = dice.oneIn(4) ? 2 + dice.below(2) : 1;
        for (int i = 0; i < documents; i++) {
            if (i > 0 || dice.oneIn(4)) {
                text.append("---").append(dice.of("\n", " # document\n", "\t# document\n"));
            }
            anchors.clear();
            mapping(0, 0);
            if (dice.oneIn(8)) {
                text.append("...\n");
            }
        }
        return text.toString();
    }

    private void mapping(int indent, int depth) {
        int entries = 1 + dice.below(4);
        for (int i = 0; i < entries; i++) {
            comment(indent);
            text.append(" ".repeat(indent)).append(key()).append(':');
            value(indent, depth);
        }
    }

    private void sequence(int indent, int depth) {
        int items = 1 + dice.below(3);
        for (int i = 0; i < items; i++) {
            comment(indent);
            text.append(" ".repeat(indent)).append('-');
            if (depth < MAX_DEPTH && dice.oneIn(3)) {
                // A mapping that begins on the line of the hyphen.
                text.append(' ').append(key()).append(':');
                value(indent + 2, depth + 1);
                if (dice.oneIn(2)) {
                    text.append(" ".repeat(indent + 2)).append(key()).append(':');
                    value(indent + 2, depth + 1);
                }
            } else {
                value(indent, depth);
            }
        }
    }

    private void value(int indent, int depth) {
        boolean nested = depth < MAX_DEPTH && dice.oneIn(3);
        if (nested) {
            boolean list = dice.oneIn(2);
            text.append(anchor()).append(end());
            int deeper = indent + dice.of(List.of(1, 2, 4));
            if (list) {
                sequence(deeper, depth + 1);
            } else {
                mapping(deeper, depth + 1);
            }
        } else if (dice.oneIn(6)) {
            block(indent);
        } else if (dice.oneIn(12) && !anchors.isEmpty()) {
            text.append(space()).append('*').append(dice.of(anchors)).append(end());
        } else if (dice.oneIn(5)) {
            text.append(space());
            flow(depth);
            text.append(end());
        } else if (dice.oneIn(12)) {
            text.append(end());
        } else {
            text.append(scalarAnchor()).append(space()).append(scalar(false)).append(end());
        }
    }

    private void flow(int depth) {
        boolean list = dice.oneIn(2);
        int entries = dice.below(4);
        text.append(list ? "[" : "{").append(dice.of("", " ", "\t"));
        for (int i = 0; i < entries; i++) {
            if (!list) {
                text.append(key()).append(":").append(space());
            }
            if (depth < MAX_DEPTH && dice.oneIn(4)) {
                flow(depth + 1);
            } else {
                text.append(scalar(true));
            }
            text.append(i + 1 < entries ? dice.of(", ", " , ", ",\t", ",\n" + " ".repeat(30)) : dice.of("", " ", "\t"));
        }
        text.append(list ? "]" : "}");
    }

    private void block(int indent) {
        text.append(dice.of(" |", " >", " |-", " >-", " |+", " >+")).append(dice.of("\n", " # block\n"));
        int lines = 1 + dice.below(3);
        for (int i = 0; i < lines; i++) {
            text.append(" ".repeat(indent + 2))
                    .append(dice.of("line one", "a: b", "# text", "x\ty", "- item"))
                    .append('\n');
            text.append(dice.oneIn(5) && i + 1 < lines ? "\n" : "");
        }
    }

    private String scalar(boolean flow) {
        String word = dice.of(WORDS);
        boolean plain = word.matches(
                        flow
                                ? "[A-Za-z0-9é.:/𝄞-]*[A-Za-z0-9𝄞]"
                                : "[A-Za-z0-9é][A-Za-z0-9é.:/#,'\"𝄞 -]*[A-Za-z0-9𝄞]")
                && !word.contains(": ")
                && !word.contains(" #");
        if (plain && !dice.oneIn(3)) {
            return word;
        }
        return dice.oneIn(2)
                ? "'" + word.replace("'", "''") + "'"
                : "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"")
                        + dice.of("", "\\t", "\\u00e9", "\\x41", "\\n") + "\"";
    }

    private String key() {
        String key = "k" + keys++;
        return dice.oneIn(6) ? dice.of("'" + key + "'", "\"" + key + "\"") : key;
    }

    private String anchor() {
        return dice.oneIn(8) ? " &a" + keys++ : "";
    }

    /** Only of scalars: an alias to what it stands in would be a loop. */
    private String scalarAnchor() {
        if (!dice.oneIn(6)) {
            return "";
        }
        anchors.add("a" + keys);
        return " &a" + keys++;
    }

    private String space() {
        return dice.oneIn(5) ? dice.of("\t", "  ", " \t ") : " ";
    }

    private String end() {
        return dice.oneIn(6) ? dice.of(" # comment\n", "\t# comment\n", "  \n", "\t\n") : "\n";
    }

    private void comment(int indent) {
        if (dice.oneIn(8)) {
            text.append(" ".repeat(dice.oneIn(2) ? indent : 0)).append("# a comment: [with] {signs}\n");
        } else if (dice.oneIn(12)) {
            text.append('\n');
        }
    }
}
