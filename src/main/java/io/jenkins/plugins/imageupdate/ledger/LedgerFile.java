package io.jenkins.plugins.imageupdate.ledger;

import java.io.IOException;
import java.util.function.Function;

/** Where one job's ledger is kept. */
public interface LedgerFile {
    /** Reads something of the ledger, while no other thread changes it. */
    <T> T read(Function<JobLedger, T> question) throws IOException;

    /**
     * Changes the ledger, while no other thread has it. It is written if its content differs afterwards. If it cannot be written, nothing
     * is recorded.
     */
    <T> T change(Function<JobLedger, T> change) throws IOException;
}
