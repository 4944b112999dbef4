package io.jenkins.plugins.imageupdate.delivery;

import hudson.model.Cause;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** Causes as a saved queue has them: written and read again. */
final class SavedCauses {
    private SavedCauses() {}

    /** What the queue item of a build would be restored with. */
    static List<Cause> of(Run<?, ?> run) {
        return of(run.getCauses());
    }

    static List<Cause> of(List<Cause> causes) {
        List<Cause> read = new ArrayList<>();
        for (Cause cause : causes) {
            read.add((Cause) Jenkins.XSTREAM2.fromXML(Jenkins.XSTREAM2.toXML(cause)));
        }
        return read;
    }
}
