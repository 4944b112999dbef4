package io.jenkins.plugins.imageupdate.tags;

import java.util.List;
import java.util.Optional;

/**
 * What a policy makes of a list of tags.
 *
 * @param tags those that count, the newest first; empty where nothing matches
 * @param truncated whether the registry's list was cut off, so that a newer tag may be missing
 * @param outcome how it came to that, in a few words
 * @param leftOut why other tags do not count, and how many, in words; empty where all do
 * @param notes sentences for people who rely on the check: what was not compared, and that nothing but the tag on the image can be found
 * @param nearest where that is so, or nothing matches: the tags that are most like the one on the image, three at most
 */
public record TagChoice(
        List<String> tags,
        boolean truncated,
        String outcome,
        String leftOut,
        List<String> notes,
        List<LeftOut> nearest) {
    public TagChoice {
        tags = List.copyOf(tags);
        notes = List.copyOf(notes);
        nearest = List.copyOf(nearest);
    }

    /** The image that counts where only one does. */
    public Optional<String> newest() {
        return tags.stream().findFirst();
    }

    /** The outcome and the notes, in one line. */
    public String summary() {
        return notes.isEmpty() || tags.isEmpty() ? outcome : outcome + ". " + String.join(" ", notes);
    }
}
