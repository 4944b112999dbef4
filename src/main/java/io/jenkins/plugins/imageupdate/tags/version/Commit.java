package io.jenkins.plugins.imageupdate.tags.version;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the abbreviated hash of a commit in a tag's name: 7 to 40 hexadecimal digits, letters among them, with {@code g}, {@code git} or
 * {@code sha} before them or not. Jenkins' own versions (JEP-229) have a {@code v} and twelve digits, with an underscore behind each a and b.
 * A hash of which all digits are decimal looks like a number; other tags tell that it is a hash, see {@link #ofLength}.
 */
public final class Commit {
    /** What stands for a commit in the form of a tag; a tag cannot have this character. */
    public static final char MARK = '@';

    /** With v, g, git or sha, or on its own; six digits are enough where letters and decimal digits alternate. */
    static final String HASH = "(?:v(?=[0-9_]*[a-f])(?:[0-9a-f]_?){12}"
            + "|(?:g|git|sha)?(?=[0-9]*[a-fA-F])(?=[a-fA-F]*[0-9])[0-9a-fA-F]{7,40}"
            + "|g[0-9a-f]{7,40}"
            + "|(?=[0-9]+[a-f]+[0-9]|[a-f]+[0-9]+[a-f])[0-9a-f]{6})(?![0-9A-Za-z])";

    private static final String DATE = "(?:19|20)[0-9]{2}[01][0-9][0-3][0-9](?![0-9A-Za-z])";
    private static final String WORD_START = "(?<![0-9A-Za-z])";
    private static final String WORD_END = "(?![0-9A-Za-z])";

    /** Only what cannot be a number. */
    public static final Commit UNDOUBTED = new Commit(HASH);
    /** Numbers of seven digits and more too, for names in which no version can stand. */
    static final Commit OR_LONG_NUMBER = new Commit(HASH + "|[0-9]{7,40}" + WORD_END);

    private final Pattern pattern;

    private Commit(String words) {
        pattern = Pattern.compile(WORD_START + "(?:" + words + ")");
    }

    /** Words of this many hexadecimal digits too, be they all decimal or all letters, but for dates. */
    static Commit ofLength(int digits) {
        return new Commit(HASH + "|(?:g|git|sha)?(?!" + DATE + ")[0-9a-fA-F]{" + digits + "}" + WORD_END);
    }

    /** Whether the text is one, and nothing but one. */
    boolean is(String text) {
        return pattern.matcher(text).matches();
    }

    /** The text with a mark for each commit. */
    String marked(String text) {
        return pattern.matcher(text).replaceAll(String.valueOf(MARK));
    }

    /** How many hexadecimal digits the first one in the text has; 0 where there is none. */
    int length(String text) {
        Matcher commit = pattern.matcher(text);
        return commit.find()
                ? commit.group().replaceAll("^(?:v|g|git|sha)|_", "").length()
                : 0;
    }
}
