package io.jenkins.plugins.imageupdate.trigger;

import hudson.Extension;
import hudson.model.listeners.ItemListener;

/** Looks after pending updates when Jenkins has started. */
@Extension
public final class ResumeAfterStart extends ItemListener {
    @Override
    public void onLoaded() {
        ImageUpdatePoller.get().resume();
    }
}
