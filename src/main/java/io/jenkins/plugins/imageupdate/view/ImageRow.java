package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Waiting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.FailureWords;
import io.jenkins.plugins.imageupdate.controller.ImagePlace;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.ledger.WatchedState;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One image of one job, or one that Jenkins itself runs on, for tables and the remote API. */
@ExportedBean(defaultVisibility = 2)
public final class ImageRow {
    /** Null if Jenkins itself runs on the image. */
    private final Job<?, ?> job;

    /** Null if a job watches the image. */
    private final ImagePlace place;

    private final JobImages.Watched watched;
    private final ImageState state;
    private final List<Waiting> waiting;

    ImageRow(Job<?, ?> job, JobImages.Watched watched) {
        this(job, null, watched, ImageState.of(watched));
    }

    private ImageRow(
            @CheckForNull Job<?, ?> job, @CheckForNull ImagePlace place, JobImages.Watched watched, ImageState state) {
        this.job = job;
        this.place = place;
        this.watched = watched;
        this.state = state;
        this.waiting = watched.waiting();
    }

    static ImageRow of(ImagePlace place) {
        CheckResult result = place.result();
        Instant at = place.checked();
        JobImages.Watched watched = new JobImages.Watched(
                new ImageCheck(place.image(), null, null, Duration.ZERO),
                false,
                place.state(),
                result == null || at == null ? null : new JobImages.Seen(result, at));
        ImageState state = ImageState.of(watched);
        return new ImageRow(null, place, watched, state == ImageState.PENDING ? ImageState.OUTDATED : state);
    }

    @CheckForNull
    private WatchedState known() {
        return watched.state();
    }

    @CheckForNull
    CheckResult result() {
        WatchedState known = known();
        return known == null ? null : known.result();
    }

    @CheckForNull
    private CheckResult seen() {
        JobImages.Seen seen = watched.seen();
        return seen == null ? null : seen.result();
    }

    @CheckForNull
    public Job<?, ?> getJob() {
        return job;
    }

    @Exported(name = "job")
    @CheckForNull
    public String getJobName() {
        return job == null ? null : job.getFullName();
    }

    /** What of Jenkins runs on the image. Null for an image of a job. */
    @Exported
    @CheckForNull
    public String getUsedBy() {
        return place == null ? null : place.usedBy();
    }

    /** The job or what else uses the image, for sorting. */
    String user() {
        return Util.fixNull(job == null ? getUsedBy() : job.getFullName());
    }

    /** Whether it is the controller's own image, for which is known only what happened since the controller started. */
    public boolean isOfController() {
        return place != null && place.isOfController();
    }

    /** Whether the user may say that agents run the present image. */
    public boolean isMarkable() {
        return place != null && place.markable() && Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** The status in words. Jenkins may run an image that was old already when it was first checked. */
    public String getWords() {
        return place != null && state == ImageState.CURRENT ? Messages.ImageRow_NotMoved() : state.getWords();
    }

    WatchedImage watched() {
        return watched.check().image();
    }

    /** Identifies the row in forms. */
    public String getId() {
        return watched.id();
    }

    @Exported
    public String getImage() {
        return watched.check().image().reference().toString();
    }

    @Exported
    public String getRegistry() {
        return watched.check().image().reference().host();
    }

    @Exported
    @CheckForNull
    public String getPlatform() {
        return Objects.toString(watched.check().image().platform(), null);
    }

    @Exported
    public ImageState getStatus() {
        return state;
    }

    /** The digest that decides: the platform's if a platform is watched, otherwise the image's. */
    @Exported
    @CheckForNull
    public String getDigest() {
        CheckResult result = result();
        return result == null ? null : Objects.toString(result.digest(), null);
    }

    public String getShortDigest() {
        String digest = getDigest();
        return digest == null ? "" : Digest.parse(digest).abbreviated();
    }

    /** The digest of the image index. Null if no platform is watched. */
    @Exported
    @CheckForNull
    public String getIndexDigest() {
        CheckResult result = result();
        return result == null ? null : Objects.toString(result.indexDigest(), null);
    }

    /** What is too young to count: a digest with its tag, and until when. */
    public List<WaitingDigest> getWaitingDigests() {
        return WaitingDigest.of(waiting);
    }

    /** The digests that are too young to count, one sentence each. */
    @Exported
    public List<String> getWaiting() {
        return waiting.stream().map(Waiting::sentence).toList();
    }

    /** When the next of them counts. Null if none waits. */
    @Exported
    @CheckForNull
    public Long getWaitingUntil() {
        return waiting.isEmpty() ? null : waiting.get(0).until().toEpochMilli();
    }

    /** When the digest was pushed, by the registry's clock. Null if it is not known. */
    @Exported
    @CheckForNull
    public Long getPushed() {
        Instant pushed = pushed();
        return pushed == null ? null : pushed.toEpochMilli();
    }

    @CheckForNull
    public When getPushedAt() {
        return When.of(pushed());
    }

    @CheckForNull
    private Instant pushed() {
        CheckResult result = result();
        return result == null ? null : result.pushed();
    }

    @CheckForNull
    private Instant changed() {
        WatchedState known = known();
        return known == null ? null : known.changed();
    }

    @CheckForNull
    public When getChangedAt() {
        return When.of(changed());
    }

    @Exported
    @CheckForNull
    public Long getChanged() {
        Instant changed = changed();
        return changed == null ? null : changed.toEpochMilli();
    }

    /** Null if the last check was before the start of Jenkins. */
    @CheckForNull
    public When getCheckedAt() {
        return When.of(checked());
    }

    @Exported
    @CheckForNull
    public Long getChecked() {
        Instant checked = checked();
        return checked == null ? null : checked.toEpochMilli();
    }

    @CheckForNull
    private Instant checked() {
        JobImages.Seen seen = watched.seen();
        return seen == null ? null : seen.at();
    }

    /** The credential that the last check used, otherwise the one that the job names. */
    @Exported
    @CheckForNull
    public String getCredentialsId() {
        CheckResult seen = seen();
        return printable(seen == null ? watched.check().credentialsId() : seen.credentialsId());
    }

    /** The build that was started for the image's present digest, or that saw it. */
    @CheckForNull
    public Run<?, ?> getRun() {
        WatchedState known = known();
        return job == null || known == null || known.build() == 0 ? null : job.getBuildByNumber(known.build());
    }

    @Exported
    public int getBuild() {
        WatchedState known = known();
        return known == null ? 0 : known.build();
    }

    @Exported
    @CheckForNull
    public String getFailureKind() {
        WatchedState known = known();
        CheckResult seen = seen();
        String kind = known == null ? null : known.failureKind();
        return kind == null && seen != null ? seen.failureKind() : kind;
    }

    /** In one line, as in logs. */
    @Exported
    @CheckForNull
    public String getFailure() {
        WatchedState known = known();
        CheckResult seen = seen();
        // The last check is newer: the ledger's text is written only when the kind of failure changes.
        String last = seen == null ? null : seen.failure();
        return last == null && known != null && known.failureKind() != null ? known.failure() : last;
    }

    /** What the tag policy said at the last check about tags that it cannot choose. */
    @Exported
    public List<String> getNotes() {
        CheckResult seen = seen();
        return seen == null ? List.of() : seen.notes();
    }

    /** Another plugin's credential may have any text as id. */
    @CheckForNull
    static String printable(@CheckForNull String text) {
        return text == null ? null : Printable.of(text);
    }

    @CheckForNull
    public FailureWords getFailureWords() {
        return FailureWords.of(getFailureKind());
    }

    @CheckForNull
    private Instant failing() {
        WatchedState known = known();
        return known == null ? null : known.failingSince();
    }

    @CheckForNull
    public When getFailingAt() {
        return When.of(failing());
    }

    @Exported
    @CheckForNull
    public Long getFailingSince() {
        Instant failing = failing();
        return failing == null ? null : failing.toEpochMilli();
    }

    /** How often the image changed on each of the last days, in UTC. */
    Map<LocalDate, Integer> updates() {
        WatchedState known = known();
        return known == null ? Map.of() : known.updates();
    }

    /** Whether the job's trigger watches the image; otherwise only the step does. */
    @Exported
    public boolean isTrigger() {
        return watched.byTrigger();
    }

    /** Whether the row contains a word that a user searches for. */
    boolean mentions(String word) {
        return contains(watched.check().image().toString(), word)
                || contains(user(), word)
                || contains(job == null ? null : job.getDisplayName(), word)
                || contains(getDigest(), word)
                || contains(getCredentialsId(), word)
                || contains(getFailureKind(), word);
    }

    private static boolean contains(@CheckForNull String text, String word) {
        return Util.fixNull(text).toLowerCase(Locale.ROOT).contains(word);
    }

    @Override
    public String toString() {
        return user() + ": " + watched.check().image() + " " + state + " " + Objects.toString(getDigest(), "");
    }
}
