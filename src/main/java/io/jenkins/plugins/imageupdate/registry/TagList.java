package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags of a repository that name images.
 *
 * @param names each once, in the registry's order; empty where the registry has the repository, but no tag in it
 * @param truncated whether there may be more: the list was cut off, or the registry's pages led nowhere
 * @param pushes by tag, as far as the registry tells and is believed
 * @param at when the registry wrote its answer, by its own clock; null if it does not tell
 */
public record TagList(
        List<String> names,
        boolean truncated,
        Map<String, Push> pushes,
        @CheckForNull Instant at) {
    public TagList {
        names = List.copyOf(names);
        pushes = Map.copyOf(pushes);
    }

    public TagList(List<String> names, boolean truncated) {
        this(names, truncated, Map.of(), null);
    }

    /** The same list with more tags, which it does not contain. */
    public TagList withUnlisted(Collection<String> more, Map<String, Push> known) {
        List<String> all = new ArrayList<>(names);
        all.addAll(more);
        Map<String, Push> merged = new HashMap<>(pushes);
        more.stream().filter(known::containsKey).forEach(tag -> merged.put(tag, known.get(tag)));
        return new TagList(all, truncated, merged, at);
    }

    /** The same list with other names. */
    public TagList withNames(Collection<String> others) {
        return new TagList(List.copyOf(others), truncated, pushes, at);
    }
}
