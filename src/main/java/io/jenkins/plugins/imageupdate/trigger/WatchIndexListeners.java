package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.imageupdate.job.ImageTrigger;

/** Tell the {@link WatchIndex} which jobs may have changed. A job that is read from disk is told by its trigger. */
final class WatchIndexListeners {
    private WatchIndexListeners() {}

    /** Of names. */
    @Extension
    public static final class WatchIndexItemListener extends ItemListener {
        @Override
        public void onLocationChanged(@NonNull Item item, @NonNull String oldFullName, @NonNull String newFullName) {
            WatchIndex.get().changed(oldFullName);
            WatchIndex.get().changed(newFullName);
        }

        @Override
        public void onDeleted(@NonNull Item item) {
            WatchIndex.get().changed(item.getFullName());
        }
    }

    /** Of configurations. */
    @Extension
    public static final class WatchIndexSaveableListener extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof Job<?, ?> job) {
                WatchIndex.get().changed(job.getFullName());
            }
        }
    }

    /** Of the images that builds check, for triggers that name none. */
    @Extension
    public static final class WatchIndexRunListener extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(@NonNull Run<?, ?> run) {
            builds(run.getParent());
        }

        @Override
        public void onDeleted(@NonNull Run<?, ?> run) {
            builds(run.getParent());
        }

        private static void builds(Job<?, ?> job) {
            ImageTrigger trigger = ImageTrigger.of(job);
            if (trigger != null && trigger.getImages().isEmpty()) {
                WatchIndex.get().changed(job.getFullName());
            }
        }
    }
}
