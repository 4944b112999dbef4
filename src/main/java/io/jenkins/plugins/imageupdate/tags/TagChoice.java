package io.jenkins.plugins.imageupdate.tags;

import java.util.List;
import java.util.Optional;

/**
 * What a policy makes of a list of tags.
 *
 * @param tags those that count, the newest first; empty where nothing matches
 * @param truncated whether the registry's list was cut off, so that a newer tag may be missing
 * @param summary how it came to that, in one line
 */
public record TagChoice(List<String> tags, boolean truncated, String summary) {
    public TagChoice {
        tags = List.copyOf(tags);
    }

    /** The image that counts where only one does. */
    public Optional<String> newest() {
        return tags.stream().findFirst();
    }
}
