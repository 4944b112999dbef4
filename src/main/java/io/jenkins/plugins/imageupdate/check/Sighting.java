package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one check saw: either the digests of the tags that count, or a failure.
 *
 * @param tags null with a failure
 * @param listCut whether the list that a policy chose from was cut short, so that a newer tag may be missing
 * @param notes what a policy says about tags that cannot be chosen, one sentence each
 * @param credentialsId the credential that was used, null for none
 * @param order rises with each sighting in this process; unlike a clock, it is never set back
 * @param uptime {@link Uptime} at the same time, in seconds
 * @param registryTime the time at the registry, by its own clock; null if the check did not read it
 * @param resting listed tags that were not asked for, since their digests are known to be too young
 * @param rest how long digests must be known; null if each counts at once
 * @param ran what a build of the job really ran; null if it is not known or was not compared
 */
public record Sighting(
        WatchedImage image,
        @CheckForNull TagSet tags,
        boolean listCut,
        List<String> notes,
        @CheckForNull String credentialsId,
        @CheckForNull Failure failure,
        Instant at,
        long order,
        long uptime,
        @CheckForNull Instant registryTime,
        List<String> resting,
        @CheckForNull Rest rest,
        @CheckForNull Ran ran) {

    /** Identifies this process. Orders of different processes cannot be compared. */
    public static final String PROCESS = UUID.randomUUID().toString();

    private static final AtomicLong LAST = new AtomicLong();

    public Sighting {
        if ((tags == null) == (failure == null)) {
            throw new IllegalArgumentException("a sighting has digests or a failure");
        }
        notes = List.copyOf(notes);
        resting = List.copyOf(resting);
    }

    public static Sighting of(
            WatchedImage image, TagSet tags, boolean listCut, @CheckForNull String credentialsId, Instant at) {
        return of(image, tags, listCut, List.of(), credentialsId, at);
    }

    static Sighting of(
            WatchedImage image,
            TagSet tags,
            boolean listCut,
            List<String> notes,
            @CheckForNull String credentialsId,
            Instant at) {
        return now(image, tags, listCut, notes, credentialsId, null, at);
    }

    public static Sighting failed(WatchedImage image, Failure failure, @CheckForNull String credentialsId, Instant at) {
        return now(image, null, false, List.of(), credentialsId, failure, at);
    }

    private static Sighting now(
            WatchedImage image,
            @CheckForNull TagSet tags,
            boolean listCut,
            List<String> notes,
            @CheckForNull String credentialsId,
            @CheckForNull Failure failure,
            Instant at) {
        long uptime = Uptime.now().seconds();
        long order = LAST.incrementAndGet();
        return new Sighting(
                image, tags, listCut, notes, credentialsId, failure, at, order, uptime, null, List.of(), null, null);
    }

    /** The same sighting, of which only digests count that are old enough. */
    public Sighting with(@CheckForNull Rest newRest) {
        return with(tags, notes, uptime, registryTime, resting, newRest, ran);
    }

    /** The same sighting, compared with what a build ran. */
    public Sighting with(@CheckForNull Ran newRan) {
        return with(tags, notes, uptime, registryTime, resting, rest, newRan);
    }

    /** The same sighting at another uptime. */
    public Sighting atUptime(long seconds) {
        return with(tags, notes, seconds, registryTime, resting, rest, ran);
    }

    Sighting withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return with(tags, more, uptime, registryTime, resting, rest, ran);
    }

    /** The same sighting with the times of pushes, which the registry told at this time by its clock. */
    Sighting pushed(TagSet dated, @CheckForNull Instant registry) {
        return with(dated, notes, uptime, registry, resting, rest, ran);
    }

    Sighting resting(List<String> names) {
        return with(tags, notes, uptime, registryTime, names, rest, ran);
    }

    private Sighting with(
            @CheckForNull TagSet newTags,
            List<String> newNotes,
            long newUptime,
            @CheckForNull Instant registry,
            List<String> names,
            @CheckForNull Rest newRest,
            @CheckForNull Ran newRan) {
        return new Sighting(
                image,
                newTags,
                listCut,
                newNotes,
                credentialsId,
                failure,
                at,
                order,
                newUptime,
                registry,
                names,
                newRest,
                newRan);
    }

    /** Returns an order that is not lower than the order of any sighting so far. */
    public static long lastOrder() {
        return LAST.get();
    }

    /** Returns whether the registry itself says that the tag does not exist. */
    boolean tagGone() {
        return failure != null && failure.kind() == FailureKind.TAG_NOT_FOUND;
    }
}
