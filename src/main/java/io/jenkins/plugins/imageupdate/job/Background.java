package io.jenkins.plugins.imageupdate.job;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;

/** Runs tasks as Jenkins itself, on a few threads. Tasks may read credentials and ledgers; they never wait for a registry. */
@Extension
public final class Background implements Executor {
    private static final Logger LOGGER = Logger.getLogger(Background.class.getName());
    private static final int THREADS = 8;

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            new NamingThreadFactory(new DaemonThreadFactory(), "image update check"));

    private final ExecutorService threads = new ImpersonatingExecutorService(pool, ACL.SYSTEM2);

    public Background() {
        pool.allowCoreThreadTimeOut(true);
    }

    public static Background get() {
        return ExtensionList.lookupSingleton(Background.class);
    }

    /** Runs the task soon. Returns false, and does not run it, if Jenkins is shutting down. */
    public boolean offer(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins is shutting down", e);
            return false;
        }
    }

    /** Runs the task soon. Drops it if Jenkins is shutting down: the next start does its work. */
    @Override
    public void execute(Runnable task) {
        offer(task);
    }

    /** Starts no further task, and waits for those that are writing. */
    @Terminator
    public static void terminate() throws InterruptedException {
        Background background = Jenkins.get().getExtensionList(Background.class).get(Background.class);
        if (background != null) {
            background.end();
        }
    }

    public void end() throws InterruptedException {
        threads.shutdown();
        pool.getQueue().clear();
        if (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
            LOGGER.warning("a check of images is still being recorded");
        }
    }

    /** Whether all threads have ended. */
    boolean ended() {
        return pool.isTerminated();
    }
}
