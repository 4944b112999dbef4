package io.jenkins.plugins.imageupdate.ledger;

import java.io.IOException;
import java.util.function.Function;

/** A ledger file in memory. It can behave like a full disk. */
final class LedgerDisk implements LedgerFile {
    private JobLedger written = new JobLedger();
    boolean full;
    int writes;

    @Override
    public <T> T read(Function<JobLedger, T> question) {
        return question.apply(read());
    }

    @Override
    public <T> T change(Function<JobLedger, T> change) throws IOException {
        JobLedger changed = read();
        T result = change.apply(changed);
        if (!changed.equals(written)) {
            if (full) {
                throw new IOException("No space left on device");
            }
            writes++;
            written = changed.copy();
        }
        return result;
    }

    /** Returns what is on disk. */
    JobLedger read() {
        return written.copy();
    }

    /** Another process reads the ledger from now on. */
    void restart() {
        LedgerFormat.Content content = written.copy().content();
        written = JobLedger.of(new LedgerFormat.Content(
                content.version(), content.recovered(), "another", content.uptime(), content.images()));
    }

    /** The file with the uptime is lost, so another count begins. */
    void loseUptime() {
        LedgerFormat.Content content = written.copy().content();
        written = JobLedger.of(new LedgerFormat.Content(
                content.version(),
                content.recovered(),
                content.process(),
                content.uptime() == null ? null : "another",
                content.images()));
    }

    /** The file is lost. */
    void lose() {
        written = JobLedger.recovered();
    }
}
