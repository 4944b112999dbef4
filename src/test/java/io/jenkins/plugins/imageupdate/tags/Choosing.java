package io.jenkins.plugins.imageupdate.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.TagList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One line of a table: a policy, the tag on the image and the tags of a repository, and what is to be chosen. */
final class Choosing {
    private Choosing() {}

    static TagList tags(String words) {
        return new TagList(List.of(words.strip().split("\\s+")), false);
    }

    static TagPolicy semver(String range) {
        return TagPolicy.semver(range, null, TagFilter.none());
    }

    /** Fails with the summary where another tag is chosen, or another one from the same tags in another order. */
    static TagChoice chooses(TagPolicy policy, String written, TagList tags, String chosen) {
        TagChoice choice = policy.choose(tags, written);
        List<String> wanted = chosen.isEmpty() ? List.of() : List.of(chosen);
        assertEquals(wanted, choice.tags(), choice::summary);
        List<String> shuffled = new ArrayList<>(tags.names());
        Collections.shuffle(shuffled, new Random(7));
        assertEquals(
                wanted,
                policy.choose(new TagList(shuffled, tags.truncated()), written).tags());
        return choice;
    }
}
