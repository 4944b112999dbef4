package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How the tags that count differ from those that were recorded. A tag is new if it ranks above one that was recorded: what only moves up
 * from below, in the place of one that is gone, is no news. Without a policy there is one tag, without a name, which can only move.
 */
final class TagChanges {
    private final List<RecordedDigest> before;
    private final List<RecordedDigest> now = new ArrayList<>();
    private final List<RecordedDigest> fresh = new ArrayList<>();
    private final List<RecordedDigest> moved = new ArrayList<>();
    private final List<RecordedDigest> movedUp = new ArrayList<>();
    private final List<RecordedDigest> gone = new ArrayList<>();

    private final boolean listCut;

    TagChanges(RecordedDigest recorded, Observation seen) {
        this(recorded, seen.tags(), seen.listCut());
    }

    /** @param seen the newest first, those that are gone at their rank; at least one is there */
    private TagChanges(RecordedDigest recorded, List<SeenTag> seen, boolean listCut) {
        before = recorded.all();
        this.listCut = listCut;
        RecordedDigest lowest = before.get(before.size() - 1);
        boolean above = true;
        for (SeenTag one : seen) {
            RecordedDigest known = before(one.tag());
            ResolvedImage found = one.resolved();
            if (found != null) {
                RecordedDigest there = RecordedDigest.of(one.tag(), found);
                now.add(there);
                if (known == null) {
                    (above ? fresh : movedUp).add(there);
                } else if (!known.agreesWith(found)) {
                    moved.add(there);
                }
            } else if (known != null) {
                gone.add(known);
            }
            above &= known != lowest;
        }
    }

    /** Between what was recorded then and now, where nothing tells what is gone. */
    static TagChanges recorded(RecordedDigest before, RecordedDigest now) {
        return new TagChanges(
                before,
                now.all().stream()
                        .map(one -> new SeenTag(one.tag(), one.toResolved()))
                        .toList(),
                false);
    }

    boolean any() {
        return !fresh.isEmpty() || !moved.isEmpty();
    }

    /** Whether this tag is new or moved. */
    boolean concern(@CheckForNull String tag) {
        return Stream.concat(fresh.stream(), moved.stream()).anyMatch(one -> Objects.equals(one.tag(), tag));
    }

    List<RecordedDigest> fresh() {
        return fresh;
    }

    List<RecordedDigest> moved() {
        return moved;
    }

    List<RecordedDigest> gone() {
        return gone;
    }

    /**
     * What is to be recorded. Without the tags that moved up where they would be taken for new: with an update, as they are recorded at the
     * next check; and from a list cut short, as others may rank between them and the rest.
     */
    RecordedDigest now() {
        List<RecordedDigest> counting = new ArrayList<>(now);
        if ((any() || listCut) && movedUp.size() < now.size()) {
            counting.removeAll(movedUp);
        }
        return RecordedDigest.of(counting);
    }

    /** The highest that is new or moved, else the newest. */
    RecordedDigest lead() {
        return now.stream().filter(one -> concern(one.tag())).findFirst().orElse(now.get(0));
    }

    /** What the lead was before; where it is new, the highest that it ranks above. */
    RecordedDigest previous() {
        RecordedDigest lead = lead();
        RecordedDigest same = before(lead.tag());
        if (same != null) {
            return same;
        }
        int rank = now.indexOf(lead);
        List<RecordedDigest> above = now.subList(0, rank);
        return now.stream()
                .skip(rank)
                .map(one -> before(one.tag()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> before.stream()
                        .filter(old -> above.stream().noneMatch(one -> Objects.equals(one.tag(), old.tag())))
                        .findFirst()
                        .orElse(before.get(0)));
    }

    @CheckForNull
    private RecordedDigest before(@CheckForNull String tag) {
        return before.stream()
                .filter(one -> Objects.equals(one.tag(), tag))
                .findFirst()
                .orElse(null);
    }
}
