package io.jenkins.plugins.imageupdate.watch;

import java.io.IOException;
import java.util.function.Function;

/** Where one job's ledger is kept. */
public interface LedgerFile {
    /**
     * Reads the ledger, lets something be done with it while nobody else has it, and writes it if that changed it. When it cannot be
     * written, nothing was recorded.
     */
    <T> T update(Function<UpdateLedger, T> change) throws IOException;
}
