package io.jenkins.plugins.imageupdate.tags.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a tag apart into what makes a version. */
public final class VersionParser {
    private static final Pattern NUMBERS = Pattern.compile("[vV]?([0-9]+(?:\\.[0-9]+){0,5})");
    /** As the one before, with a commit for its last number: 3107.v665000b_51092. A Python beta, 3.15.0b1, is not one. */
    private static final Pattern COMMITTED = Pattern.compile(
            "[vV]?([0-9]+(?:\\.[0-9]+){0,5}?)\\.(?![0-9]+[abc][0-9]+(?![0-9A-Za-z]))" + Commit.HASH + "(?=$|[-_])");
    /** Right behind the numbers, with a dot or not: 3.15.0a2, 4.0.0.RC1, 5.0.0.Final. */
    private static final Pattern ATTACHED = Pattern.compile("\\.?([a-zA-Z]+)\\.?([0-9]*)(?=$|[-_])");
    /** As a word of its own: beta3, rc.1, alpha. */
    private static final Pattern SEPARATE = Pattern.compile("([a-zA-Z]++)((?:\\.?[0-9]++)*+)");

    private static final Pattern BUILD = Pattern.compile("_([0-9]+)(?=$|[-_])");
    /** A variant with a revision of its own: r3, gke.1. */
    private static final Pattern REVISED = Pattern.compile("(?:r|([a-z]+)\\.)([0-9]+)");

    private static final Set<String> PRE_RELEASE =
            Set.of("alpha", "beta", "rc", "cr", "pre", "preview", "milestone", "ea", "snapshot");
    /** Python's, right behind the numbers and with one of their own (PEP 440); elsewhere they are too short to mean anything. */
    private static final Map<String, String> SHORT = Map.of("a", "alpha", "b", "beta", "c", "rc");

    private static final String MILESTONE = "m";

    private static final Set<String> RELEASE = Set.of("final", "ga", "release");

    private final Commit commits;
    private final List<String> preRelease = new ArrayList<>();
    private final List<String> revision = new ArrayList<>();
    private String rest;
    private boolean revised;

    private VersionParser(String rest, Commit commits) {
        this.rest = rest;
        this.commits = commits;
    }

    @CheckForNull
    static TagVersion parse(String tag, Commit commits) {
        Matcher numbers = NUMBERS.matcher(tag);
        if (!numbers.lookingAt()) {
            return null;
        }
        boolean ends = numbers.end() == tag.length() || "-_".indexOf(tag.charAt(numbers.end())) >= 0;
        Matcher withCommit = ends ? null : COMMITTED.matcher(tag);
        boolean committed = withCommit != null && withCommit.lookingAt();
        if (committed) {
            numbers = withCommit;
        }
        VersionParser parser = new VersionParser(tag.substring(numbers.end()), commits);
        if (!committed) {
            parser.attached();
        }
        parser.build();
        if (!parser.rest.isEmpty() && "-_".indexOf(parser.rest.charAt(0)) < 0) {
            return null;
        }
        List<String> list = Arrays.stream(numbers.group(1).split("\\."))
                .map(NaturalOrder::withoutZeros)
                .toList();
        String variant = parser.rest.isEmpty() ? "" : parser.suffix(parser.rest.substring(1));
        return new TagVersion(
                list, List.copyOf(parser.preRelease), List.copyOf(parser.revision), variant, parser.revised, committed);
    }

    private void attached() {
        Matcher word = ATTACHED.matcher(rest);
        if (!word.lookingAt()) {
            return;
        }
        boolean preReleased = isPreRelease(lengthened(word), word.group(2));
        if (preReleased) {
            addPreRelease(lengthened(word), word.group(2));
        }
        if (preReleased || isRelease(word)) {
            rest = rest.substring(word.end());
        }
    }

    private static String lengthened(Matcher word) {
        String name = word.group(1).toLowerCase(Locale.ROOT);
        return word.group(2).isEmpty() ? name : SHORT.getOrDefault(name, name);
    }

    private static boolean isRelease(Matcher word) {
        return RELEASE.contains(word.group(1).toLowerCase(Locale.ROOT))
                && word.group(2).isEmpty();
    }

    private void build() {
        Matcher build = BUILD.matcher(rest);
        if (build.lookingAt() && !commits.is(build.group(1))) {
            revision.add(NaturalOrder.withoutZeros(build.group(1)));
            rest = rest.substring(build.end());
        }
    }

    /** Gives the variant. */
    private String suffix(String text) {
        if (text.isEmpty()) {
            return "";
        }
        List<String> words = new ArrayList<>(List.of(text.split("-")));
        Matcher first = words.isEmpty() ? null : SEPARATE.matcher(words.get(0));
        if (preRelease.isEmpty() && first != null && first.matches() && isPreRelease(first.group(1), first.group(2))) {
            addPreRelease(first.group(1), first.group(2));
            words.remove(0);
            takeNumbers(words, preRelease);
        } else {
            takeNumbers(words, revision);
        }
        return String.join("-", withoutLast(words));
    }

    /** Without the number of the variant's own revision. */
    private List<String> withoutLast(List<String> words) {
        Matcher last = words.isEmpty() ? null : REVISED.matcher(words.get(words.size() - 1));
        if (last != null && last.matches()) {
            words.remove(words.size() - 1);
            if (last.group(1) != null) {
                words.add(last.group(1));
            }
            revision.add(NaturalOrder.withoutZeros(last.group(2)));
            revised = true;
        }
        return words;
    }

    /** Those that the words begin with, with dots between them or not: 949.1714662671, and 3 of 3.v5150681df3d6. */
    private void takeNumbers(List<String> words, List<String> numbers) {
        while (!words.isEmpty()) {
            String word = words.remove(0);
            while (!word.isEmpty()) {
                int dot = word.indexOf('.');
                String number = dot < 0 ? word : word.substring(0, dot);
                if (!NaturalOrder.isNumber(number) || commits.is(number)) {
                    words.add(0, word);
                    return;
                }
                numbers.add(NaturalOrder.withoutZeros(number));
                word = dot < 0 ? "" : word.substring(dot + 1);
            }
        }
    }

    /** Whether this word, with these numbers behind it, makes a pre-release. */
    private static boolean isPreRelease(String word, String numbers) {
        String name = word.toLowerCase(Locale.ROOT);
        return PRE_RELEASE.contains(name) || (!numbers.isEmpty() && name.equals(MILESTONE));
    }

    private void addPreRelease(String word, String numbers) {
        preRelease.add(word.toLowerCase(Locale.ROOT));
        for (String number : numbers.split("\\.")) {
            if (!number.isEmpty()) {
                preRelease.add(NaturalOrder.withoutZeros(number));
            }
        }
    }
}
