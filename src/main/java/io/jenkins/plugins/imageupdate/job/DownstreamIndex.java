package io.jenkins.plugins.imageupdate.job;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Which jobs' ledgers name a downstream job, by full names: a rename changes these ledgers, and reads no other. In memory only. */
@Extension
public final class DownstreamIndex {
    private static final Logger LOGGER = Logger.getLogger(DownstreamIndex.class.getName());

    private final Map<String, Set<String>> upstreamOf = new HashMap<>();
    private final Map<String, Set<String>> downstreamOf = new HashMap<>();

    /** Whether every ledger was read since Jenkins started. */
    private volatile boolean complete;

    public static DownstreamIndex get() {
        return ExtensionList.lookupSingleton(DownstreamIndex.class);
    }

    /** To be called when a ledger was read from its file, or written. */
    synchronized void put(Job<?, ?> upstream, JobLedger ledger) {
        put(upstream.getFullName(), ledger.downstream().jobs());
    }

    private void put(String upstream, Set<String> downstream) {
        remove(upstream);
        if (!downstream.isEmpty()) {
            downstreamOf.put(upstream, Set.copyOf(downstream));
            downstream.forEach(job ->
                    upstreamOf.computeIfAbsent(job, name -> new TreeSet<>()).add(upstream));
        }
    }

    private Set<String> remove(String upstream) {
        Set<String> downstream = downstreamOf.remove(upstream);
        if (downstream == null) {
            return Set.of();
        }
        for (String job : downstream) {
            Set<String> others = upstreamOf.get(job);
            others.remove(upstream);
            if (others.isEmpty()) {
                upstreamOf.remove(job);
            }
        }
        return downstream;
    }

    /** Reads every ledger once, also those that are in memory. Must run as Jenkins itself, and with no lock held. */
    public void complete() {
        if (complete) {
            return;
        }
        for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
            try {
                if (LedgerStore.exists(job)) {
                    LedgerStore.read(job, ledger -> {
                        put(job, ledger);
                        return null;
                    });
                }
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "the downstream jobs of " + job.getFullName() + " are not known");
            }
        }
        complete = true;
    }

    /** Full names of the jobs whose ledgers name this downstream job. */
    public synchronized Set<String> upstreamOf(String downstream) {
        return Set.copyOf(upstreamOf.getOrDefault(downstream, Set.of()));
    }

    /** A job was renamed or moved. The ledgers that name it are changed by the caller. */
    public synchronized void renamed(String from, String to) {
        Set<String> downstream = remove(from);
        if (!downstream.isEmpty()) {
            put(to, downstream);
        }
    }

    public synchronized void deleted(String upstream) {
        remove(upstream);
    }
}
