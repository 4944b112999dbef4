package io.jenkins.plugins.imageupdate.source;

/** What is often the reason that a text cannot be read, and is not seen in it. */
public final class Oddities {
    private Oddities() {}

    /** Whether this is text of a template for another program, as of Go, Helm, Jinja or ERB. */
    public static boolean template(String text) {
        return text.contains("{{") || text.contains("{%") || text.contains("<%");
    }

    /** Names the first character that is not seen, such as a no-break space, as {@code "; it has the invisible character U+00A0"}. */
    public static String invisible(String text) {
        return text.codePoints()
                .filter(c -> c > 0x7e && hidden(Character.getType(c)) || c < ' ' && !Character.isWhitespace(c))
                .mapToObj(c -> String.format("; it has the invisible character U+%04X", c))
                .findFirst()
                .orElse("");
    }

    /** Says that a text has a variable in it, as {@code "; it has a variable, whose value is not known here"}. */
    public static String variable(String text) {
        return text.contains("${") || text.contains("$(") ? "; it has a variable, whose value is not known here" : "";
    }

    private static boolean hidden(int type) {
        return type == Character.SPACE_SEPARATOR
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.FORMAT
                || type == Character.CONTROL;
    }
}
