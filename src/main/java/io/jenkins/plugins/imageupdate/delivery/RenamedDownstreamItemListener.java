package io.jenkins.plugins.imageupdate.delivery;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import jenkins.model.Jenkins;

/** Changes the name of a downstream job in all ledgers when the job is renamed or moved. */
@Extension
public final class RenamedDownstreamItemListener extends ItemListener {
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        if (item instanceof Job<?, ?>) {
            Background.get().record(() -> rename(oldFullName, newFullName));
        }
    }

    private static void rename(String from, String to) {
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                if (LedgerStore.exists(job)) {
                    LedgerStore.record(job, ledger -> ledger.downstream().renamed(from, to));
                }
            }
        }
    }
}
