package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.TagList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a policy would choose from a list of tags, for people who set it up.
 *
 * @param chosen the tags that would count now, the newest first; empty for none
 * @param before the tag that would have been the newest before that one was there; empty for none
 * @param nearest tags that look as if they should count, and why they do not; empty where newer tags can be found
 * @param sentences all of that in plain English, one sentence or line each; the first one has what is chosen
 */
public record TagPreview(List<String> chosen, Optional<String> before, List<LeftOut> nearest, List<String> sentences) {
    public TagPreview {
        chosen = List.copyOf(chosen);
        nearest = List.copyOf(nearest);
        sentences = List.copyOf(sentences);
    }

    /** @param written the tag on the image, null for none */
    public static TagPreview of(TagPolicy policy, TagList tags, @CheckForNull String written) {
        TagChoice now = policy.choose(tags, written);
        Optional<String> before =
                policy.withMax(2).choose(tags, written).tags().stream().skip(1).findFirst();
        List<String> sentences = new ArrayList<>();
        if (now.tags().isEmpty()) {
            sentences.add("No tag would be chosen now.");
        } else {
            sentences.add("Chosen now: " + String.join(", ", now.tags()) + ".");
            sentences.add(before.map(tag -> "Before " + now.tags().get(0) + " it was " + tag + ".")
                    .orElse("Before it there was none: no other tag matches."));
            if (now.tags().get(0).equals(written)) {
                sentences.add(now.tags().get(0) + " is the tag on the image: there is nothing newer to be found now.");
            }
        }
        sentences.add("Why: " + now.outcome() + ".");
        if (!now.tags().isEmpty() && !now.leftOut().isEmpty()) {
            sentences.add("Left out: " + now.leftOut() + ".");
        }
        sentences.addAll(now.notes());
        return new TagPreview(now.tags(), before, now.nearest(), sentences);
    }
}
