package io.jenkins.plugins.imageupdate.source.dockerfile;

/** White space as Go's {@code unicode.IsSpace} has it, which BuildKit uses: a no-break space is one, a file separator is not. */
final class GoSpace {
    private GoSpace() {}

    static boolean is(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == 0x85 || c > 0x7f && (Character.isSpaceChar(c));
    }

    static boolean isBlank(String text) {
        return start(text) == text.length();
    }

    static String strip(String text) {
        int start = start(text);
        int end = text.length();
        while (end > start && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static String stripLeading(String text) {
        return text.substring(start(text));
    }

    private static int start(String text) {
        int start = 0;
        while (start < text.length() && is(text.charAt(start))) {
            start++;
        }
        return start;
    }
}
