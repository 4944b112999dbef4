package io.jenkins.plugins.imageupdate.tags.version;

import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * A range of versions as npm writes them. semver4j decides; it passes over whatever it does not understand, though, so that every
 * word is checked and put into its plainest form here first.
 */
public final class VersionRange {
    static final int MAX_DIGITS = 9;
    private static final int MAX_LENGTH = 200;

    private static final String ANY = "*";
    private static final String NUMBER = "(?:[0-9]{1," + MAX_DIGITS + "}|[xX*])";
    private static final String VERSION =
            "[vV]?(" + NUMBER + "(?:\\." + NUMBER + "){0,2})(?:-([0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*))?";
    private static final Pattern COMPARATOR = Pattern.compile("(>=|<=|>|<|=|~>|~|\\^)?" + VERSION);
    private static final Pattern HYPHEN = Pattern.compile(VERSION + "\\s+-\\s+" + VERSION);
    /** Spaces behind an operator belong to it; a comma is as a space. */
    private static final Pattern OPERATOR_SPACE = Pattern.compile("([<>=~^])\\s+(?=[vV0-9xX*])");

    /** ^0 is 0.x and ^0.0 is 0.0.x; semver4j 6.0.0 makes everything of the first and nothing of the second. */
    private static final Pattern ZEROS = Pattern.compile("0(?:\\.0)?");

    private static final Pattern WORD_AND_NUMBER = Pattern.compile("([A-Za-z])(?=[0-9])");

    private final String text;
    private final RangeList ranges;
    private final boolean any;

    private VersionRange(String text, RangeList ranges, boolean any) {
        this.text = text;
        this.ranges = ranges;
        this.any = any;
    }

    /** An {@link IllegalArgumentException} names what is wrong, and a range that is right. */
    public static VersionRange parse(String range) {
        if (range.length() > MAX_LENGTH) {
            throw invalid(range, "it is longer than " + MAX_LENGTH + " characters");
        }
        List<String> alternatives = new ArrayList<>();
        for (String alternative : range.split("\\|\\|", -1)) {
            alternatives.add(plain(range, alternative.strip()));
        }
        RangeList ranges = RangeListFactory.create(String.join(" || ", alternatives));
        boolean whole = ranges.get().size() == alternatives.size()
                && ranges.get().stream().noneMatch(List::isEmpty);
        if (!whole) {
            throw invalid(range, "it cannot be read as a whole");
        }
        return new VersionRange(range.strip().replaceAll("\\s+", " "), ranges, alternatives.contains(ANY));
    }

    private static String plain(String range, String alternative) {
        Matcher hyphen = HYPHEN.matcher(alternative);
        if (hyphen.matches()
                && !hyphen.group(1).startsWith(ANY)
                && !hyphen.group(3).startsWith(ANY)) {
            return version(hyphen.group(1), hyphen.group(2)) + " - " + version(hyphen.group(3), hyphen.group(4));
        }
        List<String> words = new ArrayList<>();
        String joined = OPERATOR_SPACE.matcher(alternative.replace(',', ' ')).replaceAll("$1");
        for (String word : joined.strip().split("\\s+")) {
            Matcher comparator = COMPARATOR.matcher(word);
            if (!comparator.matches()) {
                throw invalid(
                        range,
                        word.isEmpty()
                                ? "a part of it is empty"
                                : "\"" + Printable.of(word)
                                        + "\" is not a version of up to three numbers with an operator");
            }
            String operator =
                    comparator.group(1) == null ? "" : comparator.group(1).replace("~>", "~");
            String version = version(comparator.group(2), comparator.group(3));
            words.add(operator.equals("^") && ZEROS.matcher(version).matches() ? version : operator + version);
        }
        return String.join(" ", words);
    }

    /** Up to the first x; without leading zeros, which people write and SemVer does not know; rc10 as rc.10, as tags are read. */
    private static String version(String numbers, String preRelease) {
        List<String> plain = new ArrayList<>();
        for (String number : numbers.split("\\.")) {
            if (!NaturalOrder.isDigit(number.charAt(0))) {
                break;
            }
            plain.add(NaturalOrder.withoutZeros(number));
        }
        if (plain.isEmpty()) {
            return ANY;
        }
        if (preRelease == null) {
            return String.join(".", plain);
        }
        while (plain.size() < 3) {
            plain.add("0");
        }
        return String.join(".", plain) + "-"
                + WORD_AND_NUMBER.matcher(preRelease.toLowerCase(Locale.ROOT)).replaceAll("$1.");
    }

    private static IllegalArgumentException invalid(String range, String reason) {
        return new IllegalArgumentException("\"" + Printable.of(range) + "\" is not a range of versions: " + reason
                + ". Valid ones are \">=1.4 <2\", \"~1.2\", \"^1\", \"1.x\" and \"1.2 - 1.4 || ^3\"");
    }

    /** Whether this version, in SemVer's own form, is in it. */
    public boolean contains(String semver) {
        return ranges.isSatisfiedBy(new Semver(semver));
    }

    /** Whether every release is in it, also one with a number that is too large for SemVer's form. */
    public boolean isAny() {
        return any;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
