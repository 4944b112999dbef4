package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.version.Numbering;
import io.jenkins.plugins.imageupdate.tags.version.TagVersion;
import io.jenkins.plugins.imageupdate.tags.version.Variants;
import io.jenkins.plugins.imageupdate.tags.version.VersionRange;
import io.jenkins.plugins.imageupdate.tags.version.VersionReader;
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
                    + "\" is not a variant: it is what follows the version in a tag, such as alpine");
        }
    }

    @Override
    public TagChoice choose(TagList tags, @CheckForNull String written) {
        VersionReader reader = new VersionReader(() -> tags.names().stream(), written);
        TagVersion like = written == null ? null : reader.read(written);
        String wanted = variant != null ? reader.variant(variant) : like == null ? "" : like.variant();
        Numbering numbering = Numbering.seenFrom(like);
        return new Selection<TagVersion>(this, Comparator.naturalOrder(), TagVersion.AGE, Budget.NANOS)
                .choose(
                        tags,
                        like == null
                                ? Written.withoutSeries(written, wanted)
                                : new Written<>(
                                        written,
                                        true,
                                        new Series(numbering.of(like), wanted),
                                        filter.admits(written) ? floor(like, wanted) : null),
                        tag -> judge(reader.parse(tag), wanted, reader, numbering));
    }

    /** The version of the tag on the image if the range contains it, pre-releases included; otherwise null. */
    @CheckForNull
    private TagVersion floor(TagVersion like, String wanted) {
        TagVersion released = like.released();
        return like.variant().equals(wanted) && isInRange(released, released.semver()) ? like : null;
    }

    private Verdict<TagVersion> judge(
            @CheckForNull TagVersion parsed, String wanted, VersionReader reader, Numbering numbering) {
        if (parsed == null) {
            return Verdict.not("no version");
        }
        // A suffix of letters alone is told from others without the rest of the list.
        TagVersion version = Variants.isOfLetters(wanted) ? parsed : reader.read(parsed);
        if (!version.variant().equals(wanted)) {
            return Verdict.not(Verdict.variant(version.variant()));
        }
        String semver = version.semver();
        if (semver == null && !range.isAny()) {
            return Verdict.not("a number too large for a range");
        }
        return isInRange(version, semver)
                ? Verdict.ranked(version, new Series(numbering.of(version), wanted))
                : Verdict.not("not in the range");
    }

    private boolean isInRange(TagVersion version, @CheckForNull String semver) {
        return semver == null ? range.isAny() && version.preRelease().isEmpty() : range.contains(semver);
    }

    @Override
    public TagPolicy withMax(int max) {
        return new SemverPolicy(range, variant, filter.withMax(max));
    }

    @Override
    public String key() {
        PolicyKey key = new PolicyKey("semver", range.toString());
        return (variant == null ? key : key.with("variant", variant))
                .with(filter)
                .toString();
    }

    @Override
    public String describe() {
        return "semver " + range + (variant == null ? "" : variant.isEmpty() ? ", no variant" : ", variant " + variant)
                + filter.describe();
    }
}
