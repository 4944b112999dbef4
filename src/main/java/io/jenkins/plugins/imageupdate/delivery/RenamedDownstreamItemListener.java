package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.DownstreamIndex;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import jenkins.model.Jenkins;

/**
 * Changes the name of a downstream job in the ledgers that have it, when the job is renamed or moved. Before the rename returns: otherwise a
 * build could start the job under its new name for what it was started for under the old one.
 */
@Extension
public final class RenamedDownstreamItemListener extends ItemListener {
    @Override
    public void onLoaded() {
        Background.get().execute(() -> DownstreamIndex.get().complete());
    }

    @Override
    public void onLocationChanged(@NonNull Item item, @NonNull String oldFullName, @NonNull String newFullName) {
        if (item instanceof Job<?, ?>) {
            try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
                rename(oldFullName, newFullName);
            }
        }
    }

    private static void rename(String from, String to) {
        DownstreamIndex index = DownstreamIndex.get();
        index.complete();
        index.renamed(from, to);
        for (String name : index.upstreamOf(from)) {
            Job<?, ?> upstream = Jenkins.get().getItemByFullName(name, Job.class);
            if (upstream != null) {
                LedgerStore.record(upstream, ledger -> ledger.downstream().renamed(from, to));
            }
        }
    }

    @Override
    public void onDeleted(@NonNull Item item) {
        DownstreamIndex.get().deleted(item.getFullName());
    }
}
