package io.jenkins.plugins.imageupdate.tags.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A tag read as a version; see the package for the rules. The order leaves the variant aside: only versions of one variant and of one
 * {@link Numbering} are to be compared.
 *
 * @param numbers as digits without leading zeros, one to six
 * @param preRelease words in lower case and numbers, as SemVer's identifiers; empty for a release
 * @param revision numbers behind the version, of its packaging
 * @param variant the rest, such as {@code alpine}; empty for none
 * @param revised whether the last number of the revision stood behind the variant
 * @param committed whether the numbers end with a commit, as in Jenkins' own versions (JEP-229)
 */
public record TagVersion(
        List<String> numbers,
        List<String> preRelease,
        List<String> revision,
        String variant,
        boolean revised,
        boolean committed)
        implements Comparable<TagVersion> {
    /** By age alone: 1.25 and 1.25.0 are of one age. */
    public static final Comparator<TagVersion> AGE = Comparator.comparing(
                    TagVersion::numbers, TagVersion::compareNumbers)
            .thenComparing(TagVersion::comparePreReleases)
            .thenComparing(TagVersion::revision, TagVersion::compareNumbers);

    private static final Comparator<TagVersion> ORDER =
            // 1.25.0 before 1.25, which is another one tomorrow.
            AGE.thenComparing(version -> version.numbers().size());

    /** Null for a tag that is not a version. */
    @CheckForNull
    public static TagVersion parse(String tag) {
        return parse(tag, Commit.UNDOUBTED);
    }

    /** As the other one, by what is known of the commits in the tags of the repository. */
    @CheckForNull
    static TagVersion parse(String tag, Commit commits) {
        return VersionParser.parse(tag, commits);
    }

    /** The same with what the other tags of the repository tell of the suffix. */
    TagVersion with(Variants.Reading suffix) {
        List<String> all = new ArrayList<>(revision);
        all.addAll(revised ? all.size() - 1 : all.size(), suffix.counters());
        return new TagVersion(numbers, preRelease, List.copyOf(all), suffix.variant(), revised, committed);
    }

    /** A pre-release as the release it leads to, any other as it is. */
    public TagVersion released() {
        return new TagVersion(numbers, List.of(), revision, variant, revised, committed);
    }

    /** In the form of SemVer with three numbers, for ranges; null where a number is too large for them. */
    @CheckForNull
    public String semver() {
        List<String> three = new ArrayList<>(numbers.subList(0, Math.min(3, numbers.size())));
        while (three.size() < 3) {
            three.add("0");
        }
        boolean fits = three.stream().allMatch(number -> number.length() <= VersionRange.MAX_DIGITS);
        String version = String.join(".", three) + (preRelease.isEmpty() ? "" : "-" + String.join(".", preRelease));
        return fits ? version : null;
    }

    @Override
    public int compareTo(TagVersion other) {
        return ORDER.compare(this, other);
    }

    /** Missing ones are 0. */
    public static int compareNumbers(List<String> one, List<String> two) {
        for (int i = 0; i < Math.max(one.size(), two.size()); i++) {
            int order =
                    NaturalOrder.compareNumbers(i < one.size() ? one.get(i) : "0", i < two.size() ? two.get(i) : "0");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** SemVer, 11.3 and 11.4. */
    private int comparePreReleases(TagVersion other) {
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        return Arrays.compare(
                preRelease.toArray(String[]::new),
                other.preRelease.toArray(String[]::new),
                TagVersion::compareIdentifiers);
    }

    private static int compareIdentifiers(String one, String two) {
        boolean first = NaturalOrder.isDigit(one.charAt(0));
        boolean second = NaturalOrder.isDigit(two.charAt(0));
        if (first != second) {
            return first ? -1 : 1;
        }
        return first ? NaturalOrder.compareNumbers(one, two) : one.compareTo(two);
    }
}
