package io.jenkins.plugins.imageupdate.check;

import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/** A repository of tags such as {@code 4.0}, and checks of it by a policy that lets the newest three count. */
public final class TagSightings {
    public static final int MAX = 3;

    private static final TagPolicy POLICY = TagPolicy.semver("*", null, TagFilter.of(List.of(), List.of(), MAX));

    public final WatchedImage image = new WatchedImage(ImageReference.parse("gcr.io/p/app:1.0"), null, POLICY.key());

    /** The content of each tag's image. */
    public final Map<String, String> tags = new TreeMap<>();

    /** Whether the registry lists every second tag only. */
    public boolean cut;

    private int pushes;

    /** Pushes an image that no tag ever had. */
    public TagSightings push(String tag) {
        tags.put(tag, tag + " " + ++pushes);
        return this;
    }

    /** Returns all tags, the newest first. */
    public List<String> newestFirst() {
        return tags.isEmpty()
                ? List.of()
                : TagPolicy.semver("*", null, TagFilter.of(List.of(), List.of(), TagFilter.MAX_TAGS))
                        .choose(new TagList(List.copyOf(tags.keySet()), false), null)
                        .tags();
    }

    public Digest digest(String tag) {
        return Sightings.digest(tags.get(tag));
    }

    /** @param known the tags that the ledger has */
    public Sighting see(List<String> known, Instant at) {
        List<String> listed = new ArrayList<>(tags.keySet());
        if (cut) {
            listed.removeIf(tag -> tags.get(tag).hashCode() % 2 == 0);
        }
        TagChooser chooser = new TagChooser(POLICY, image.reference(), known);
        try {
            TagChooser.Chosen chosen = chooser.choose(new TagList(listed, cut));
            Map<String, TagDigest> there = new HashMap<>();
            chosen.tags().stream()
                    .filter(tags::containsKey)
                    .forEach(tag -> there.put(tag, new TagDigest(tag, digest(tag), null)));
            return Sighting.of(image, chooser.seen(chosen, there), cut, null, at);
        } catch (CompletionException e) {
            RegistryException reason = (RegistryException) e.getCause();
            return Sighting.failed(image, reason.toFailure(image.id(), null), null, at);
        }
    }
}
