package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.TagList;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The newest version within a range, of one variant.
 *
 * @param variant null for that of the tag on the image
 */
record SemverPolicy(VersionRange range, @CheckForNull String variant, TagFilter filter) implements TagPolicy {
    private static final Pattern VARIANT = Pattern.compile("[A-Za-z0-9_.-]{0,128}");

    SemverPolicy {
        if (variant != null && !VARIANT.matcher(variant).matches()) {
            throw new IllegalArgumentException("\"" + Printable.of(variant)
                    + "\" is no variant: it is what follows the version in a tag, such as alpine");
        }
    }

    @Override
    public TagChoice choose(TagList tags, @CheckForNull String written) {
        String wanted = variant != null ? variant : TagVersion.variantOf(written);
        TagVersion like = written == null ? null : TagVersion.parse(written);
        return new Selection<TagVersion>(this, Comparator.naturalOrder())
                .choose(tags, like == null ? "" : like.scheme(), tag -> judge(tag, wanted));
    }

    private Verdict<TagVersion> judge(String tag, String wanted) {
        TagVersion version = TagVersion.parse(tag);
        if (version == null) {
            return Verdict.not("no version");
        }
        if (!version.variant().equals(wanted)) {
            return Verdict.not(version.variant().isEmpty() ? "without a variant" : "variant " + version.variant());
        }
        String semver = version.semver();
        if (semver == null) {
            return Verdict.not("a number too large for a range");
        }
        return range.contains(semver) ? Verdict.ranked(version, version.scheme()) : Verdict.not("not in the range");
    }

    @Override
    public TagPolicy withMax(int max) {
        return new SemverPolicy(range, variant, filter.withMax(max));
    }

    @Override
    public String key() {
        PolicyKey key = new PolicyKey("semver", range.toString());
        return (variant == null ? key : key.with("variant", variant)).with(filter).toString();
    }

    @Override
    public String describe() {
        return "semver " + range + (variant == null ? "" : variant.isEmpty() ? ", no variant" : ", variant " + variant)
                + filter.describe();
    }
}
