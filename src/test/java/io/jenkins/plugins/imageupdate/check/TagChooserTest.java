package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TagChooserTest {
    private static TagChooser chooser(int max, String... known) {
        TagPolicy policy = TagPolicy.semver("1.x", "", TagFilter.of(List.of(), List.of(), max));
        return new TagChooser(policy, ImageReference.parse("gcr.io/p/app:1.4.0"), List.of(known));
    }

    private static TagList list(boolean truncated, String... tags) {
        return new TagList(List.of(tags), truncated);
    }

    private static List<String> choose(TagChooser chooser, String... tags) {
        return chooser.choose(list(false, tags)).tags();
    }

    private static RegistryException refused(Runnable choice) {
        CompletionException thrown = assertThrows(CompletionException.class, choice::run);
        return assertInstanceOf(RegistryException.class, thrown.getCause());
    }

    /**
     * What a check sees.
     *
     * @param there tags that the list lacks and that the registry has
     */
    private static TagSet seen(TagChooser chooser, TagList list, String... there) {
        TagChooser.Chosen chosen = chooser.choose(list);
        Map<String, TagDigest> digests = new HashMap<>();
        for (String tag : chosen.tags()) {
            if (!chosen.unlisted().contains(tag) || List.of(there).contains(tag)) {
                digests.put(tag, new TagDigest(tag, Sightings.digest(tag), null));
            }
        }
        return chooser.seen(chosen, digests);
    }

    /** By rank, the tags that are gone among the others. */
    private static List<String> words(TagSet set) {
        List<String> words =
                new ArrayList<>(set.tags().stream().map(TagDigest::tag).toList());
        for (int i = set.gone().size() - 1; i >= 0; i--) {
            words.add(set.gone().get(i).above(), set.gone().get(i).tag() + " gone");
        }
        return words;
    }

    @Test
    void theNewestTagsAreChosen() {
        assertEquals(List.of("1.4.10"), choose(chooser(1), "1.4.9", "1.4.10", "2.0.0", "latest"));
        assertEquals(List.of("1.4.10"), choose(chooser(1, "1.4.9"), "1.4.9", "1.4.10"));
        assertEquals(List.of("1.4.10", "1.4.9"), choose(chooser(2), "1.4.9", "1.4.8", "1.4.10", "latest"));
        assertEquals(List.of("1.4.9"), choose(chooser(2), "1.4.9", "latest"));
    }

    @Test
    void aNewerTagCountsAlthoughTheKnownOneIsGone() {
        assertEquals(List.of("1.4.10"), choose(chooser(1, "1.4.9"), "1.4.8", "1.4.10"));
        assertEquals(
                List.of("1.4.10", "1.4.9 gone", "1.4.8"),
                words(seen(chooser(2, "1.4.9"), list(false, "1.4.7", "1.4.8", "1.4.10"))));
    }

    @Test
    void anOlderTagIsNotAnUpdateOfANewestOneThatIsGone() {
        RegistryException gone = refused(() -> seen(chooser(1, "1.4.10"), list(false, "1.4.8", "1.4.9")));
        assertEquals(FailureKind.TAG_NOT_FOUND, gone.kind());
        assertTrue(gone.detail().contains("1.4.10") && gone.detail().contains("1.4.9"), gone.detail());
    }

    @Test
    void ofSeveralTagsOneMayBeGoneWhileAnotherIsThere() {
        TagChooser chooser = chooser(2, "1.4.10", "1.4.9");
        assertEquals(
                List.of("1.4.10 gone", "1.4.9", "1.4.8"), words(seen(chooser, list(false, "1.4.7", "1.4.8", "1.4.9"))));
        assertEquals(
                List.of("1.4.10", "1.4.9 gone", "1.4.8"),
                words(seen(chooser, list(false, "1.4.7", "1.4.8", "1.4.10"))));
        assertEquals(
                FailureKind.TAG_NOT_FOUND,
                refused(() -> seen(chooser, list(false, "1.4.7", "1.4.8"))).kind());
        // Although there is room for older ones: nothing tells that they are any update.
        assertEquals(
                FailureKind.TAG_NOT_FOUND,
                refused(() -> seen(chooser(3, "1.4.10"), list(false, "1.4.7", "1.4.8")))
                        .kind());
    }

    @Test
    void aTagThatTheListLacksIsGoneOnlyIfTheRegistrySaysSo() {
        assertEquals(List.of("1.4.10"), words(seen(chooser(1, "1.4.10"), list(true, "1.4.8", "1.4.9"), "1.4.10")));
        assertEquals(List.of("1.4.10"), words(seen(chooser(1, "1.4.10"), list(false, "1.4.8", "1.4.9"), "1.4.10")));
        assertEquals(
                List.of("1.4.10", "1.4.9"),
                words(seen(chooser(2, "1.4.10", "1.4.9"), list(true, "1.4.8"), "1.4.10", "1.4.9")));
        assertEquals(
                Set.of("1.4.10"),
                chooser(1, "1.4.10").choose(list(true, "1.4.9")).unlisted());
    }

    @Test
    void aPolicyThatMatchesNothingFailsAsAConfigurationAndNotAsAMissingTag() {
        assertEquals(
                FailureKind.CONFIGURATION,
                refused(() -> choose(chooser(1), "2.0", "latest")).kind());
        assertEquals(
                FailureKind.CONFIGURATION,
                refused(() -> choose(chooser(1, "1.4.1"), "2.0")).kind());
        assertEquals(
                List.of("1.4.1"), words(seen(chooser(1, "1.4.1"), list(true, "2.0"), "1.4.1")), "it may be further on");
        assertEquals(
                FailureKind.TAG_NOT_FOUND,
                refused(() -> seen(chooser(1, "1.4.1"), list(true, "2.0"))).kind());
    }

    /** Argo CD Image Updater took one for a tag without a name, and wrote that down (its issue 1242). */
    @Test
    void anEmptyListFails() {
        assertEquals(
                FailureKind.CONFIGURATION, refused(() -> choose(chooser(1))).kind());
        assertEquals(
                FailureKind.CONFIGURATION,
                refused(() -> choose(chooser(1, "1.4.1"))).kind());
    }
}
