package io.jenkins.plugins.imageupdate.trigger;

import hudson.ExtensionList;
import hudson.ExtensionPoint;

/** Knows whether push events are heard. If so, a schedule checks images of registries with a reconcile interval rarely. */
public interface EventHearing extends ExtensionPoint {
    /** Whether a source of push events is configured, and none is known to fail. */
    boolean hears();

    /** Whether any implementation hears events. */
    static boolean any() {
        return ExtensionList.lookup(EventHearing.class).stream().anyMatch(EventHearing::hears);
    }
}
