package io.jenkins.plugins.imageupdate.tags.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads the tags of one repository as versions, with what the whole list tells of each. The list is gone through where that is needed,
 * which is not so for plain versions and for suffixes without a digit.
 */
public final class VersionReader {
    private static final Predicate<String> HEX = text -> text.matches("(?:g|git|sha)?[0-9a-fA-F]{7,40}");

    private final Supplier<Stream<String>> tags;
    private final @CheckForNull String written;
    private final Commit commits;
    private @CheckForNull Variants variants;

    /** @param written the tag on the image; null for none */
    public VersionReader(Supplier<Stream<String>> tags, @CheckForNull String written) {
        this.tags = tags;
        this.written = written;
        this.commits = written == null ? Commit.UNDOUBTED : commits(written);
    }

    /** Null for a tag that is not a version; its variant is the suffix as it stands in the tag. */
    @CheckForNull
    public TagVersion parse(String tag) {
        return TagVersion.parse(tag, commits);
    }

    /** As {@link #parse}, with what the list tells. */
    @CheckForNull
    public TagVersion read(String tag) {
        TagVersion parsed = parse(tag);
        return parsed == null ? null : read(parsed);
    }

    /** The same version with what counts in its suffix taken out of the variant. */
    public TagVersion read(TagVersion parsed) {
        return NaturalOrder.hasDigit(parsed.variant())
                        || !commits.marked(parsed.variant()).equals(parsed.variant())
                ? parsed.with(reading(parsed.variant()))
                : parsed;
    }

    /** A variant as {@link #read} names it. */
    public String variant(String suffix) {
        return reading(suffix).variant();
    }

    private Variants.Reading reading(String suffix) {
        Shape shape = Shape.of(suffix, commits);
        return (shape.numbers().isEmpty() ? new Variants() : variants()).read(shape);
    }

    private Variants variants() {
        Variants known = variants;
        if (known == null) {
            known = new Variants();
            Variants all = known;
            Stream.concat(tags.get(), Stream.ofNullable(written)).forEach(tag -> add(tag, all));
            variants = known;
        }
        return known;
    }

    private void add(String tag, Variants all) {
        TagVersion version = parse(tag);
        if (version == null) {
            all.addName(tag, commits);
        } else {
            all.add(Shape.of(version.variant(), commits), version.numbers());
        }
    }

    /**
     * What may be a commit, though it looks like a number or a word: what is as long as the commit in the written tag; and a word of the
     * written tag itself, where more tags are alike with a commit in its place than without.
     */
    private Commit commits(String tag) {
        TagVersion version = TagVersion.parse(tag);
        if (version == null) {
            return Commit.UNDOUBTED;
        }
        int length = Commit.UNDOUBTED.length(version.variant());
        if (length > 0 && version.revision().stream().noneMatch(number -> number.length() == length)) {
            return Commit.ofLength(length);
        }
        return Stream.of(tag.split("[-_.]"))
                .skip(1)
                .filter(HEX.and(word -> TagDate.parse(word) == null))
                .map(word ->
                        Commit.ofLength(word.replaceAll("^(?:g|git|sha)", "").length()))
                .filter(commits -> tells(tag, version, commits))
                .findFirst()
                .orElse(Commit.UNDOUBTED);
    }

    private boolean tells(String tag, TagVersion version, Commit doubted) {
        String asCommit = form(TagVersion.parse(tag, doubted), doubted);
        String asItStands = form(version, Commit.UNDOUBTED);
        return tags.get()
                        .filter(other -> !other.equals(tag))
                        .mapToInt(other -> {
                            TagVersion parsed = TagVersion.parse(other);
                            String form = form(parsed, Commit.UNDOUBTED);
                            return form.equals(asCommit) ? 1 : form.equals(asItStands) ? -1 : 0;
                        })
                        .sum()
                > 0;
    }

    /** The revision before the suffix belongs to it here, as a commit may be taken for it. */
    private static String form(@CheckForNull TagVersion version, Commit commits) {
        return version == null
                ? ""
                : "-#".repeat(version.revision().size()) + "-"
                        + Shape.of(version.variant(), commits).form();
    }
}
