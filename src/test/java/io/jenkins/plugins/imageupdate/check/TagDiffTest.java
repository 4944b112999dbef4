package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tags are written {@code 5} for what they were first, {@code 5=moved} for something else, {@code 5!} for gone. */
class TagDiffTest {
    private static TagSet set(String written) {
        List<TagDigest> there = new ArrayList<>();
        List<TagSet.GoneTag> gone = new ArrayList<>();
        for (String tag : written.split(" ")) {
            if (tag.endsWith("!")) {
                gone.add(new TagSet.GoneTag(tag.substring(0, tag.length() - 1), there.size()));
            } else {
                there.add(new TagDigest(tag.split("=")[0], Sightings.digest(tag), null));
            }
        }
        return new TagSet(there, gone);
    }

    private static TagDiff diff(String before, String now) {
        return set(before).diff(set(now));
    }

    private static String tags(List<TagDigest> digests) {
        return String.join(" ", digests.stream().map(TagDigest::tag).toList());
    }

    private static void assertUpdate(String before, String now, String added, String moved, String lead) {
        TagDiff diff = diff(before, now);
        assertTrue(diff.any());
        assertEquals(added, tags(diff.added()));
        assertEquals(moved, tags(diff.moved()));
        assertEquals(
                lead, diff.previous(diff.lead()).tag() + " → " + diff.lead().tag());
    }

    private static void assertNoUpdate(String before, String now, String gone, String toRecord) {
        TagDiff diff = diff(before, now);
        assertFalse(diff.any());
        assertEquals(gone, tags(diff.gone()));
        assertEquals(toRecord, tags(diff.toRecord(false).tags()));
    }

    @Test
    void oneTagIsNewerOrMoved() {
        assertUpdate("5", "6", "6", "", "5 → 6");
        assertUpdate("5", "5=b", "", "5", "5 → 5");
        assertNoUpdate("5", "5", "", "5");
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
    void aTagThatOnlyMovesUpIsNotAnUpdate() {
        assertNoUpdate("5 4 3", "5 4! 3", "4", "5 3");
        assertNoUpdate("5 3", "5 3 2", "", "5 3 2");
        assertNoUpdate("5 4 3", "5! 4 3", "5", "4 3");
        assertNoUpdate("5 4 3", "5 4 3! 2", "3", "5 4 2");
    }

    @Test
    void aTagThatMovesUpInAListCutShortIsNotRecorded() {
        TagDiff diff = diff("5 4 3", "5 4! 3 1");
        assertFalse(diff.any());
        assertEquals("5 3", tags(diff.toRecord(true).tags()), "2 may be further on");
        assertEquals("6 5 4", tags(diff("5 4 3", "6 5 4").toRecord(true).tags()));
    }

    @Test
    void aNewTagIsFoundBesideOneThatIsGone() {
        assertUpdate("5 4 3", "6 5! 4", "6", "", "4 → 6");
        assertUpdate("5 4 3", "5 4 3.1 3!", "3.1", "", "3 → 3.1");
        assertUpdate("5 4 3", "6 5! 4! 3!", "6", "", "5 → 6");
    }

    /** Otherwise the recorded update would show the raised tag as new. */
    @Test
    void aTagThatMovesUpBesideAnUpdateIsRecordedAtTheNextCheck() {
        TagDiff diff = diff("5 4 3", "5=b 4 3! 2");
        assertEquals("5 4", tags(diff.toRecord(false).tags()));
        assertEquals("3", tags(diff.gone()));
        assertEquals("", tags(diff.added()));
        assertNoUpdate("5=b 4", "5=b 4 2", "", "5=b 4 2".replace("=b", ""));
    }

    @Test
    void recordedSetsDifferAsTheSightingsDid() {
        TagDiff diff = diff("5 4 3", "6 5=b 4");
        assertEquals("6", tags(diff.added()));
        assertEquals("5", tags(diff.moved()));
        assertEquals("6", diff.lead().tag());
        assertFalse(diff("5 4 3", "5 4 3").any());
    }

    @Test
    void whatIsRecordedOfAnUpdateShowsTheSameUpdate() {
        for (String now : List.of("6 5 4", "5 4 3.1 3! 2", "6 5! 4! 3!", "5=b 4 3! 2", "6 5=b 4! 3 2")) {
            TagDiff seen = diff("5 4 3", now);
            TagDiff recorded = set("5 4 3").diff(seen.toRecord(false));
            assertEquals(seen.added(), recorded.added(), now);
            assertEquals(seen.moved(), recorded.moved(), now);
            assertEquals(seen.lead(), recorded.lead(), now);
            assertEquals(seen.previous(seen.lead()), recorded.previous(recorded.lead()), now);
        }
    }
}
