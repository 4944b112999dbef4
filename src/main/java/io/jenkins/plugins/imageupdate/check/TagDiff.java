package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How the tags that count differ from those that were recorded. A tag is new if it ranks above one that was recorded. A tag that only
 * moves up from below, into the place of one that is gone, is not new. Without a policy there is one tag, which can only move.
 *
 * @param before the recorded set
 * @param now the set that was seen
 * @param added tags that are new
 * @param moved tags that were recorded with another digest
 * @param raised tags that only moved up
 * @param gone tags that were recorded and that the registry no longer has
 */
public record TagDiff(
        TagSet before,
        TagSet now,
        List<TagDigest> added,
        List<TagDigest> moved,
        List<TagDigest> raised,
        List<TagDigest> gone) {

    static TagDiff between(TagSet before, TagSet now) {
        int border = ranksAbove(before.tags().get(before.tags().size() - 1), now);
        List<TagDigest> added = new ArrayList<>();
        List<TagDigest> moved = new ArrayList<>();
        List<TagDigest> raised = new ArrayList<>();
        for (int rank = 0; rank < now.tags().size(); rank++) {
            TagDigest seen = now.tags().get(rank);
            TagDigest known = before.find(seen.tag());
            if (known == null) {
                (rank < border ? added : raised).add(seen);
            } else if (!known.sameAs(seen)) {
                moved.add(seen);
            }
        }
        List<TagDigest> gone = now.gone().stream()
                .map(one -> before.find(one.tag()))
                .filter(Objects::nonNull)
                .toList();
        return new TagDiff(before, now, List.copyOf(added), List.copyOf(moved), List.copyOf(raised), gone);
    }

    /** The number of tags that rank above the lowest recorded tag. All tags, if its rank is not known. */
    private static int ranksAbove(TagDigest lowest, TagSet now) {
        for (int rank = 0; rank < now.tags().size(); rank++) {
            if (Objects.equals(now.tags().get(rank).tag(), lowest.tag())) {
                return rank;
            }
        }
        return now.gone().stream()
                .filter(one -> one.tag().equals(lowest.tag()))
                .findFirst()
                .map(TagSet.GoneTag::above)
                .orElse(now.tags().size());
    }

    /** Returns whether any tag is new or moved. */
    public boolean any() {
        return !added.isEmpty() || !moved.isEmpty();
    }

    /** Returns whether this tag is new or moved. */
    boolean concerns(@CheckForNull String tag) {
        return Stream.concat(added.stream(), moved.stream()).anyMatch(one -> Objects.equals(one.tag(), tag));
    }

    /**
     * Returns what to record. Tags that moved up are left out where they would later be taken for new: beside an update, since they are
     * recorded at the next check, and from a list that was cut short, since others may rank between them and the rest.
     *
     * @param listCut whether the registry's list was cut short
     */
    TagSet toRecord(boolean listCut) {
        List<TagDigest> counting = new ArrayList<>(now.tags());
        if ((any() || listCut) && raised.size() < counting.size()) {
            counting.removeAll(raised);
        }
        return TagSet.of(counting);
    }

    /** Returns the highest tag that is new or moved, or the newest if none is. */
    TagDigest lead() {
        return now.tags().stream()
                .filter(one -> concerns(one.tag()))
                .findFirst()
                .orElse(now.newest());
    }

    /** Returns what a tag was before. For a new tag, this is the highest recorded tag that it ranks above. */
    TagDigest previous(TagDigest one) {
        TagDigest same = before.find(one.tag());
        if (same != null) {
            return same;
        }
        int rank = now.tags().indexOf(one);
        List<TagDigest> above = now.tags().subList(0, rank);
        return now.tags().stream()
                .skip(rank)
                .map(lower -> before.find(lower.tag()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> before.tags().stream()
                        .filter(old -> above.stream().noneMatch(higher -> Objects.equals(higher.tag(), old.tag())))
                        .findFirst()
                        .orElse(before.newest()));
    }
}
