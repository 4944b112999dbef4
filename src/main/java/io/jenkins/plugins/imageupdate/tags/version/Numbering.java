package io.jenkins.plugins.imageupdate.tags.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * Tells numbers that go on from one another from numbers that do not: Alpine's 20240606 is neither newer nor older than its 3.22, nor is
 * Jenkins' 3107.v665000b_51092 than its 4.13.3, nor a year than a version, nor 20220121 than 250223. What is alike is told as seen from
 * the tag on the image. The names are for people; the plain numbering has none.
 */
public final class Numbering {
    public static final String PLAIN = "";
    public static final String COMMITS = "numbers with a commit";

    private static final String YEARS = "years";
    private static final String LONG = "long numbers";
    public static final String OTHER = "dates or numbers of another length";

    /** A date, the number of a build, or a commit that has no letter. */
    private static final int LONG_NUMBER = 6;

    private static final int YEAR_DIGITS = 4;
    private static final String FIRST_YEAR = "1990";
    private static final String LAST_YEAR = "2099";

    private final @CheckForNull TagVersion written;

    private Numbering(@CheckForNull TagVersion written) {
        this.written = written;
    }

    /** As seen from the tag on the image; null for one that is not a version, or none. */
    public static Numbering seenFrom(@CheckForNull TagVersion written) {
        return new Numbering(written);
    }

    /** The name of what the version is compared in. */
    public String of(TagVersion version) {
        if (version.committed()) {
            return COMMITS;
        }
        if (isLong(first(version))) {
            return ofLong(first(version));
        }
        if (isYear(version) ? !countsPastYears() : countsFromYear(version)) {
            return YEARS;
        }
        return written == null || comparable(written, version) ? PLAIN : OTHER;
    }

    private String ofLong(String number) {
        if (written == null || !isLong(first(written))) {
            return TagDate.digits(number) > 0 ? "dates of " + number.length() + " digits" : LONG;
        }
        String like = first(written);
        return alike(like, number) ? LONG : "long numbers unlike " + like;
    }

    private static boolean isYear(TagVersion version) {
        String number = first(version);
        return number.length() == YEAR_DIGITS && number.compareTo(FIRST_YEAR) >= 0 && number.compareTo(LAST_YEAR) <= 0;
    }

    /** The written tag is a count that has passed 1990, or will: 1985 is followed by 1990. */
    private boolean countsPastYears() {
        return written != null && !isYear(written) && first(written).length() >= YEAR_DIGITS && !isLong(first(written));
    }

    /** The written tag may be such a count itself: 2099 is followed by 2100. */
    private boolean countsFromYear(TagVersion version) {
        return written != null
                && isYear(written)
                && written.numbers().size() == 1
                && first(version).length() >= YEAR_DIGITS;
    }

    private static String first(TagVersion version) {
        return version.numbers().get(0);
    }

    private static boolean isLong(String number) {
        return number.length() >= LONG_NUMBER;
    }

    private static boolean comparable(TagVersion one, TagVersion two) {
        return comparable(one.numbers(), two.numbers())
                && (!one.numbers().equals(two.numbers()) || comparable(one.revision(), two.revision()));
    }

    /** Whether the first number in which they differ is of one kind in both. */
    static boolean comparable(List<String> one, List<String> two) {
        for (int i = 0; i < Math.min(one.size(), two.size()); i++) {
            if (!one.get(i).equals(two.get(i))) {
                return alike(one.get(i), two.get(i));
            }
        }
        return true;
    }

    /** Short numbers are. Long ones are dates of one length, or counts; these become longer by one digit at a time. */
    private static boolean alike(String like, String number) {
        if (!isLong(like) || !isLong(number)) {
            return true;
        }
        boolean sameLength = like.length() == number.length();
        return TagDate.digits(like) > 0
                ? sameLength && TagDate.digits(number) > 0
                : sameLength || TagDate.digits(number) == 0 && Math.abs(like.length() - number.length()) == 1;
    }
}
