package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
                "downstream", DownstreamStart.class,
                "updates", UpdateDays.class);
    }

    static void verify(int version, @CheckForNull Map<String, LedgerEntry> images) {
        if (version > VERSION) {
            throw new IllegalArgumentException("it is of version " + version + ", which a newer plugin wrote");
        }
        if (images == null) {
            throw new IllegalArgumentException("it has no images");
        }
        images.forEach((id, entry) -> {
            if (!WatchedImage.ofId(id).id().equals(id)) {
                throw new IllegalArgumentException("an image is named in another form than " + WatchedImage.ofId(id));
            }
            entry.verify();
        });
    }
}
