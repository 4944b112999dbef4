package io.jenkins.plugins.imageupdate.testing;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One row of a table of attacks.
 *
 * @param aim what an attacker is after
 * @param tried what is tried
 * @param refusal what has to come back, in part
 * @param play tries it; fails when it succeeds, and gives what came back
 */
public record Attack(String aim, String tried, String refusal, Play play) {
    /** Tries it. */
    @FunctionalInterface
    public interface Play {
        String tried() throws Exception;
    }

    /** What a busy machine does in a second, and a backtracking expression in hours. */
    public static String inTime(Play work) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("in-time"));
        try {
            return thread.submit(work::tried).get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        } finally {
            thread.shutdownNow();
        }
    }

    /** The row as a line of a Markdown table. */
    public String markdown() {
        return "| " + cell(aim) + " | " + cell(tried) + " | " + cell(refusal) + " |";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    @Override
    public String toString() {
        return aim + ": " + tried;
    }
}
