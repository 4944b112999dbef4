package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tags are written {@code 5} for what they were first, {@code 5=moved} for something else, {@code 5!} for gone. */
class TagDiffTest {
    private static final WatchedImage IMAGE = WatchedImage.parse("gcr.io/p/app:5", null);

    private static TagDigest tag(String written) {
        if (written.endsWith("!")) {
            return new TagDigest(written.substring(0, written.length() - 1), null);
        }
        return new TagDigest(written.split("=")[0], new ResolvedImage(Sightings.digest(written), null));
    }

    private static TagSet recorded(String tags) {
        return TagSet.of(Arrays.stream(tags.split(" "))
                .map(TagDiffTest::tag)
                .map(tag -> TagSet.of(tag.tag(), tag.resolved()))
                .toList());
    }

    private static TagDiff changes(String before, String now) {
        return changes(before, now, false);
    }

    private static TagDiff changes(String before, String now, boolean listCut) {
        List<TagDigest> seen =
                Arrays.stream(now.split(" ")).map(TagDiffTest::tag).toList();
        return new TagDiff(recorded(before), Sighting.ofTags(IMAGE, seen, listCut, null, Instant.EPOCH));
    }

    private static String tags(List<TagSet> digests) {
        return String.join(" ", digests.stream().map(TagSet::tag).toList());
    }

    private static void assertUpdate(String before, String now, String fresh, String moved, String lead) {
        TagDiff changes = changes(before, now);
        assertTrue(changes.any());
        assertEquals(fresh, tags(changes.fresh()));
        assertEquals(moved, tags(changes.moved()));
        assertEquals(lead, changes.previous().tag() + " → " + changes.lead().tag());
    }

    private static void assertQuiet(String before, String now, String gone, String kept) {
        TagDiff changes = changes(before, now);
        assertFalse(changes.any());
        assertEquals(gone, tags(changes.gone()));
        assertEquals(kept, tags(changes.now().all()));
    }

    @Test
    void oneTagIsNewerOrMoved() {
        assertUpdate("5", "6", "6", "", "5 → 6");
        assertUpdate("5", "5=b", "", "5", "5 → 5");
        assertQuiet("5", "5", "", "5");
    }

    @Test
    void aTagThatRanksAboveARecordedOneIsNew() {
        assertUpdate("5 4 3", "6 5 4", "6", "", "5 → 6");
        assertUpdate("5 4 3", "5 4.1 4", "4.1", "", "4 → 4.1");
        assertUpdate("5 4 3", "5 4 3.1", "3.1", "", "3 → 3.1");
        assertUpdate("5 4 3", "8 7 6", "8 7 6", "", "5 → 8");
        assertUpdate("5 4", "6 5 4", "6", "", "5 → 6");
    }

    @Test
    void theHighestThatIsNewOrMovedNamesTheUpdate() {
        assertUpdate("5 4 3", "5 4=b 3", "", "4", "4 → 4");
        assertUpdate("5 4 3", "6 5=b 4=b", "6", "5 4", "5 → 6");
        assertUpdate("5 4 3", "5=b 4.1 4", "4.1", "5", "5 → 5");
    }

    @Test
    void whatMovesUpInThePlaceOfAnotherIsNoNews() {
        assertQuiet("5 4 3", "5 4! 3", "4", "5 3");
        assertQuiet("5 3", "5 3 2", "", "5 3 2");
        assertQuiet("5 4 3", "5! 4 3", "5", "4 3");
        assertQuiet("5 4 3", "5 4 3! 2", "3", "5 4 2");
    }

    @Test
    void fromAListCutShortNothingMovesUp() {
        TagDiff changes = changes("5 4 3", "5 4! 3 1", true);
        assertFalse(changes.any());
        assertEquals("5 3", tags(changes.now().all()), "2 may be further on");
        assertEquals("6 5 4", tags(changes("5 4 3", "6 5 4", true).now().all()));
    }

    @Test
    void aNewTagBesideOneThatIsGone() {
        assertUpdate("5 4 3", "6 5! 4", "6", "", "4 → 6");
        assertUpdate("5 4 3", "5 4 3.1 3!", "3.1", "", "3 → 3.1");
        assertUpdate("5 4 3", "6 5! 4! 3!", "6", "", "5 → 6");
    }

    /** So that what is recorded of an update tells what was new. */
    @Test
    void anUpdateRecordsWhatMovedUpAtTheNextCheckOnly() {
        TagDiff changes = changes("5 4 3", "5=b 4 3! 2");
        assertEquals("5 4", tags(changes.now().all()));
        assertEquals("3", tags(changes.gone()));
        assertEquals("", tags(changes.fresh()));
        assertQuiet("5=b 4", "5=b 4 2", "", "5=b 4 2".replace("=b", ""));
    }

    @Test
    void whatIsRecordedTellsTheSame() {
        TagDiff changes = TagDiff.recorded(recorded("5 4 3"), recorded("6 5=b 4"));
        assertEquals("6", tags(changes.fresh()));
        assertEquals("5", tags(changes.moved()));
        assertEquals("6", changes.lead().tag());
        assertFalse(TagDiff.recorded(recorded("5 4 3"), recorded("5 4 3")).any());
    }
}
