package io.jenkins.plugins.imageupdate.watch;

import java.util.Map;

/** How ledgers are written. */
public final class LedgerFormat {
    /** Of the files that this code writes. It reads older ones; a newer one says things that it would lose. */
    public static final int VERSION = 1;

    private LedgerFormat() {}

    /** The classes of a ledger's XML by the names they have there, so that no class name gets into a file. */
    public static Map<String, Class<?>> types() {
        return Map.of(
                "image-updates", UpdateLedger.class,
                "image", LedgerEntry.class,
                "digest", RecordedDigest.class,
                "step", StepDigests.class,
                "downstream", DownstreamStart.class);
    }
}
