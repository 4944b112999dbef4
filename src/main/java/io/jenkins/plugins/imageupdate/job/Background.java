package io.jenkins.plugins.imageupdate.job;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;

/**
 * Runs tasks as Jenkins itself, on a few threads. Checks may read credentials, which may take long; they never wait for a registry. Records
 * read and write ledgers only, so they do not wait for a check. Questions to
 * the clouds of agents wait for an answer, and nothing waits for them.
 */
@Extension
public final class Background implements Executor {
    /** Attained when no task runs any more. */
    public static final String ENDED = "image updates: background tasks ended";

    private static final Logger LOGGER = Logger.getLogger(Background.class.getName());

    private final ThreadPoolExecutor checks = pool(8, "image update check");
    private final ThreadPoolExecutor records = pool(2, "image update record");
    private final ThreadPoolExecutor agents = pool(2, "image update agent");
    private final Executor checking = new ImpersonatingExecutorService(checks, ACL.SYSTEM2);
    private final Executor recording = new ImpersonatingExecutorService(records, ACL.SYSTEM2);
    private final Executor asking = new ImpersonatingExecutorService(agents, ACL.SYSTEM2);

    private static ThreadPoolExecutor pool(int threads, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    public static Background get() {
        return ExtensionList.lookupSingleton(Background.class);
    }

    /**
     * Runs a part of a check soon. The next start of Jenkins does the work of those that did not begin before its end.
     *
     * @throws RejectedExecutionException if Jenkins is shutting down
     */
    @Override
    public void execute(Runnable task) {
        checking.execute(task);
    }

    /** As {@link #execute}. Returns false if Jenkins is shutting down. */
    public boolean offer(Runnable task) {
        return offer(checking, task);
    }

    /**
     * Runs a task soon that reads and writes ledgers. Also runs tasks that did not begin before the end of Jenkins: the next start could not know
     * what a user has cancelled.
     *
     * @return false if Jenkins is shutting down
     */
    public boolean record(Runnable task) {
        return offer(recording, task);
    }

    /**
     * Runs a task soon that asks an agent's cloud, which may take long. No check and no record waits for it. As {@link #execute} at the end of
     * Jenkins.
     *
     * @return false if Jenkins is shutting down
     */
    public boolean ask(Runnable task) {
        return offer(asking, task);
    }

    private static boolean offer(Executor executor, Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins is shutting down", e);
            return false;
        }
    }

    /** Starts no further check, and waits for those that are writing and for all records. */
    @Terminator(attains = ENDED)
    public static void terminate() throws InterruptedException {
        Background background = Jenkins.get().getExtensionList(Background.class).get(Background.class);
        if (background != null) {
            background.end();
        }
    }

    public void end() throws InterruptedException {
        checks.shutdown();
        checks.getQueue().clear();
        agents.shutdown();
        agents.getQueue().clear();
        records.shutdown();
        if (!records.awaitTermination(10, TimeUnit.SECONDS) || !checks.awaitTermination(10, TimeUnit.SECONDS)) {
            LOGGER.warning("a check of images is still being recorded");
        }
    }

    /** Whether all threads have ended that the end of Jenkins waits for. */
    boolean ended() {
        return checks.isTerminated() && records.isTerminated();
    }
}
