package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Push;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.TagChoice;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Chooses the tags that a policy allows now. A recorded tag keeps its rank even if the registry's list does not contain it: the list may be
 * cut short, and its rank tells which tags are new.
 */
final class TagChooser {
    private static final int MOST_RANKED = 1_000;

    private final TagPolicy policy;
    private final ImageReference reference;
    private final List<String> known;
    private final Map<String, Push> pushes;
    private final TagAgeRule ages;

    /** @param known the tags that were recorded before */
    TagChooser(TagPolicy policy, ImageReference reference, List<String> known) {
        this(policy, reference, known, Map.of(), null);
    }

    /**
     * As {@link #TagChooser(TagPolicy, ImageReference, List)}.
     *
     * @param pushes when recorded tags were pushed, by tag
     * @param ages which tags are old enough to count; null if each counts at once
     */
    TagChooser(
            TagPolicy policy,
            ImageReference reference,
            List<String> known,
            Map<String, Push> pushes,
            @CheckForNull TagAgeRule ages) {
        this.policy = policy;
        this.reference = reference;
        this.known = known;
        this.pushes = pushes;
        this.ages = ages;
    }

    /**
     * The tags to request.
     *
     * @param tags newest first; not empty; more than the policy's maximum if some may be gone
     * @param unlisted tags that the list does not contain: they are gone if the registry answers that they do not exist
     * @param listed the newest listed tag, as text
     * @param listCut whether the list was cut short
     * @param notes what the policy says about listed tags that it cannot choose
     * @param resting newer tags that are known to be too young, so that they are not requested
     */
    record Chosen(
            List<String> tags,
            Set<String> unlisted,
            String listed,
            boolean listCut,
            List<String> notes,
            List<String> resting) {}

    /** Fails with a {@link RegistryException} in a {@link CompletionException} if no tag of the list matches. */
    Chosen choose(TagList tags) {
        TagChoice listed = policy.choose(tags, reference.tag());
        Set<String> unlisted = new HashSet<>(known);
        tags.names().forEach(unlisted::remove);
        List<String> all = unlisted.isEmpty() ? List.of() : withUnlisted(tags, unlisted);
        List<String> chosen = all.isEmpty() ? listed.tags() : all;
        if (listed.tags().isEmpty() && (chosen.isEmpty() || !tags.truncated())) {
            throw failed(
                    FailureKind.CONFIGURATION,
                    "no tag of the repository matches (" + policy.describe() + "): " + listed.summary());
        }
        List<String> resting = new ArrayList<>();
        List<String> asked = ages == null ? chosen : ages.asked(ranked(tags, unlisted), tags, max(), unlisted, resting);
        return new Chosen(
                asked, unlisted, listed.newest().orElse("not listed"), tags.truncated(), listed.notes(), resting);
    }

    /** The matching tags, of which the newest may be too young to count. */
    private List<String> ranked(TagList tags, Set<String> unlisted) {
        return policy.withMax(MOST_RANKED)
                .choose(tags.withUnlisted(unlisted, pushes), reference.tag())
                .tags();
    }

    private int max() {
        return policy.filter().max();
    }

    /** The newest listed tags, up to the policy's maximum, and the tags ranked among them that may be gone. */
    private List<String> withUnlisted(TagList tags, Set<String> unlisted) {
        List<String> newest = new ArrayList<>();
        int listed = 0;
        for (String tag : policy.withMax(max() + unlisted.size())
                .choose(tags.withUnlisted(unlisted, pushes), reference.tag())
                .tags()) {
            if (listed < max()) {
                newest.add(tag);
                listed += unlisted.contains(tag) ? 0 : 1;
            }
        }
        return newest;
    }

    /**
     * Returns the result of the requests. A tag that is gone is not a failure if another recorded tag or a newer tag exists. Otherwise the
     * check fails, since nothing shows that the other tags are an update.
     *
     * @param digests by chosen tag; does not contain tags that are gone
     */
    TagSet seen(Chosen chosen, Map<String, TagDigest> digests) {
        List<String> gone = chosen.tags().stream()
                .takeWhile(tag -> !digests.containsKey(tag))
                .toList();
        if (!gone.isEmpty() && (gone.size() == chosen.tags().size() || gone.containsAll(known))) {
            throw failed(
                    FailureKind.TAG_NOT_FOUND,
                    "the tag " + gone.get(0) + ", the newest so far, is gone; the newest is " + chosen.listed()
                            + " now");
        }
        List<TagDigest> there = new ArrayList<>();
        List<TagSet.GoneTag> missing = new ArrayList<>();
        for (String tag : chosen.tags()) {
            TagDigest digest = digests.get(tag);
            if (digest == null) {
                missing.add(new TagSet.GoneTag(tag, there.size()));
            } else if (ages != null || there.size() < max()) {
                there.add(digest);
            } else {
                break;
            }
        }
        return new TagSet(there, missing);
    }

    private static CompletionException failed(FailureKind kind, String detail) {
        return new CompletionException(new RegistryException(kind, detail));
    }
}
