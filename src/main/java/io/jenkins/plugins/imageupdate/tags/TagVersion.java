package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A tag read as a version; see the package for the rules. The order leaves the variant aside: only versions of one variant are to be
 * compared.
 *
 * @param numbers as digits without leading zeros, one to six
 * @param preRelease words in lower case and numbers, as SemVer's identifiers; empty for a release
 * @param revision numbers behind the version, of its packaging
 * @param variant the rest, such as {@code alpine}; empty for none
 */
record TagVersion(List<String> numbers, List<String> preRelease, List<String> revision, String variant)
        implements Comparable<TagVersion> {
    private static final Comparator<TagVersion> ORDER = Comparator.comparing(
                    TagVersion::numbers, TagVersion::compareNumbers)
            .thenComparing(TagVersion::comparePreReleases)
            .thenComparing(TagVersion::revision, TagVersion::compareNumbers)
            // 1.25.0 before 1.25, which is another one tomorrow.
            .thenComparing(version -> version.numbers().size());

    /** A date, the number of a build, or a commit that has no letter. */
    private static final int LONG_NUMBER = 6;

    /** The variant of the tag on an image; empty for none. */
    static String variantOf(@CheckForNull String tag) {
        TagVersion version = tag == null ? null : parse(tag);
        return version == null ? "" : version.variant();
    }

    /** What numbers go on from one another: Alpine's 20240606 is not newer than its 3.22, nor older. */
    String scheme() {
        return numbers.size() == 1 && numbers.get(0).length() >= LONG_NUMBER ? "one long number" : "";
    }

    /** Null for a tag that is no version. */
    @CheckForNull
    static TagVersion parse(String tag) {
        return VersionParser.parse(tag);
    }

    /** In the form of SemVer with three numbers, for ranges; null where a number is too large for them. */
    @CheckForNull
    String semver() {
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
    private static int compareNumbers(List<String> one, List<String> two) {
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
