package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;

/** Rebuilds a job's ledger when its file is missing or cannot be read. */
public interface LedgerRebuilder extends ExtensionPoint {
    /** A ledger from what the job's builds say. Null if no build says anything about images. */
    @CheckForNull
    JobLedger rebuild(Job<?, ?> job);

    static LedgerRebuilder get() {
        return ExtensionList.lookupSingleton(LedgerRebuilder.class);
    }
}
