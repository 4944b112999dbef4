package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;

/**
 * Images have changed. The updates stand in here and not in an action of their own, since a queue item that is joined by an equal one
 * keeps causes only.
 */
public final class ImageUpdateCause extends Cause {
    private final List<ImageUpdate> updates;

    public ImageUpdateCause(Collection<ImageUpdate> updates) {
        this.updates = new ArrayList<>(updates);
    }

    public List<ImageUpdate> updates() {
        return List.copyOf(updates);
    }

    /** For views and the remote API. */
    @Exported(visibility = 3)
    public List<CheckedImage> getUpdates() {
        return updates.stream().map(CheckedImage::new).toList();
    }

    /** What started a build: the newest update of each image, from all its causes. */
    public static List<ImageUpdate> updatesOf(Run<?, ?> run) {
        return newest(run.getCauses());
    }

    /** What a queue item waits to be built for. */
    static List<ImageUpdate> updatesOf(Queue.Item item) {
        return newest(item.getCauses());
    }

    /** Every update of these causes, older ones of the same image included. */
    static List<ImageUpdate> all(Collection<? extends Cause> causes) {
        return causes.stream()
                .filter(ImageUpdateCause.class::isInstance)
                .flatMap(cause -> ((ImageUpdateCause) cause).updates.stream())
                .toList();
    }

    private static List<ImageUpdate> newest(Collection<? extends Cause> causes) {
        Map<String, ImageUpdate> byImage = new LinkedHashMap<>();
        all(causes).forEach(update -> byImage.put(update.id(), update));
        return List.copyOf(byImage.values());
    }

    @Override
    public String getShortDescription() {
        return Messages.ImageUpdateCause_ShortDescription(
                updates.stream().map(ImageUpdate::story).collect(Collectors.joining("; ")));
    }

    @Override
    public void print(TaskListener listener) {
        updates.forEach(
                update -> listener.getLogger().println(Messages.ImageUpdateCause_ShortDescription(update.story())));
    }

    @Override
    public boolean equals(@CheckForNull Object other) {
        return other instanceof ImageUpdateCause that && updates.equals(that.updates);
    }

    @Override
    public int hashCode() {
        return updates.hashCode();
    }
}
