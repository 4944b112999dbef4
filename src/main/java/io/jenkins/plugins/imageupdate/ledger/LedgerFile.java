package io.jenkins.plugins.imageupdate.ledger;

import java.io.IOException;
import java.util.function.Function;

/** The storage of one job's ledger. */
public interface LedgerFile {
    /** Reads from the ledger while no other thread changes it. */
    <T> T read(Function<JobLedger, T> question) throws IOException;

    /**
     * Changes the ledger, while no other thread uses it. It is written if its content has changed. If it cannot be written, nothing is
     * recorded.
     */
    <T> T change(Function<JobLedger, T> change) throws IOException;
}
