package io.jenkins.plugins.imageupdate.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.watch.tags.TagFilter;
import io.jenkins.plugins.imageupdate.watch.tags.TagPolicy;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TagChooserTest {
    private static final TagPolicy POLICY = TagPolicy.semver("~1.4", "", TagFilter.none());

    private static String choose(String known, boolean truncated, String... tags) {
        return new TagChooser(POLICY, ImageReference.parse("gcr.io/p/app:1.4.0"), known)
                .choose(new TagList(List.of(tags), truncated));
    }

    private static RegistryException refused(String known, String... tags) {
        CompletionException thrown = assertThrows(CompletionException.class, () -> choose(known, false, tags));
        return assertInstanceOf(RegistryException.class, thrown.getCause());
    }

    @Test
    void choosesTheNewest() {
        assertEquals("1.4.10", choose(null, false, "1.4.9", "1.4.10", "2.0.0", "latest"));
        assertEquals("1.4.10", choose("1.4.9", false, "1.4.9", "1.4.10"));
    }

    @Test
    void aNewerTagCountsAlthoughTheKnownOneIsGone() {
        assertEquals("1.4.10", choose("1.4.9", false, "1.4.8", "1.4.10"));
    }

    @Test
    void thatTheNewestVanishedIsNoUpdateToAnOlderOne() {
        RegistryException gone = refused("1.4.10", "1.4.8", "1.4.9");
        assertEquals(FailureKind.TAG_NOT_FOUND, gone.kind());
        assertTrue(gone.detail().contains("1.4.10") && gone.detail().contains("1.4.9"), gone.detail());
    }

    @Test
    void aTagBeyondTheCutOfAListStays() {
        assertEquals("1.4.10", choose("1.4.10", true, "1.4.8", "1.4.9"));
    }

    @Test
    void nothingThatMatchesIsSaidAndNoMissingTag() {
        assertEquals(FailureKind.CONFIGURATION, refused(null, "2.0", "latest").kind());
        assertEquals(FailureKind.CONFIGURATION, refused("1.4.1", "2.0").kind());
    }

    /** Argo CD Image Updater took one for a tag without a name, and wrote that down (its issue 1242). */
    @Test
    void anEmptyListIsNoTag() {
        assertEquals(FailureKind.CONFIGURATION, refused(null).kind());
        assertEquals(FailureKind.CONFIGURATION, refused("1.4.1").kind());
    }
}
