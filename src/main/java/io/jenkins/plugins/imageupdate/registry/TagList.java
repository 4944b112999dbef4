package io.jenkins.plugins.imageupdate.registry;

import java.util.List;

/**
 * The tags of a repository that name images.
 *
 * @param names each once, in the registry's order; empty where the registry has the repository, but no tag in it
 * @param truncated whether there may be more: the list was cut off, or the registry's pages led nowhere
 */
public record TagList(List<String> names, boolean truncated) {
    public TagList {
        names = List.copyOf(names);
    }
}
