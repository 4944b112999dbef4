package io.jenkins.plugins.imageupdate.check;

import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/** A repository of tags such as {@code 4.0}, and checks of it by a policy that lets the newest three count. */
final class TagSightings {
    static final int MAX = 3;

    private static final TagPolicy POLICY = TagPolicy.semver("*", null, TagFilter.of(List.of(), List.of(), MAX));

    final WatchedImage image = new WatchedImage(ImageReference.parse("gcr.io/p/app:1.0"), null, POLICY.describe());

    /** What each tag points at, as a text that was hashed. */
    final Map<String, String> tags = new TreeMap<>();

    /** Whether the registry lists every second tag only. */
    boolean cut;

    private int pushes;

    /** Something that no tag ever pointed at. */
    TagSightings push(String tag) {
        tags.put(tag, tag + " " + ++pushes);
        return this;
    }

    /** All there are, the newest first. */
    List<String> newestFirst() {
        return tags.isEmpty()
                ? List.of()
                : TagPolicy.semver("*", null, TagFilter.of(List.of(), List.of(), TagFilter.MAX_TAGS))
                        .choose(new TagList(List.copyOf(tags.keySet()), false), null)
                        .tags();
    }

    String digest(String tag) {
        return Sightings.digest(tags.get(tag)).toString();
    }

    /** @param known the tags that the ledger has */
    Sighting see(List<String> known, Instant at) {
        List<String> listed = new ArrayList<>(tags.keySet());
        if (cut) {
            listed.removeIf(tag -> tags.get(tag).hashCode() % 2 == 0);
        }
        TagChooser chooser = new TagChooser(POLICY, image.reference(), known);
        try {
            TagChooser.Chosen chosen = chooser.choose(new TagList(listed, cut));
            List<TagDigest> seen = chosen.tags().stream()
                    .map(tag -> new TagDigest(tag, tags.containsKey(tag) ? resolved(tag) : null))
                    .toList();
            return Sighting.ofTags(image, chooser.seen(chosen, seen), cut, null, at);
        } catch (CompletionException e) {
            RegistryException reason = (RegistryException) e.getCause();
            return new Sighting(image, null, null, reason.toFailure(image.id(), null), at);
        }
    }

    private ResolvedImage resolved(String tag) {
        return new ResolvedImage(Sightings.digest(tags.get(tag)), null);
    }
}
