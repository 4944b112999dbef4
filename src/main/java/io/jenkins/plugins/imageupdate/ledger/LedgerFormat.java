package io.jenkins.plugins.imageupdate.ledger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Objects;

/**
 * The format of a ledger on disk: this record and the records in it, each component under its own name. Renaming a component breaks
 * existing ledgers.
 */
public final class LedgerFormat {
    /** The version that this code writes. A ledger of a newer version is refused, since this code would lose parts of it. */
    public static final int VERSION = 1;

    private LedgerFormat() {}

    /**
     * A ledger as it is written.
     *
     * @param recovered see {@link JobLedger#recovered}
     * @param process see {@link io.jenkins.plugins.imageupdate.check.Sighting#PROCESS}
     * @param uptime {@link io.jenkins.plugins.imageupdate.check.Uptime.Saved#id} of the count that the ages of digests are measured with;
     *     null if none is measured
     */
    public record Content(
            int version,
            boolean recovered,
            String process,
            @CheckForNull String uptime,
            List<LedgerEntry.Content> images) {
        public Content {
            if (version < 1 || version > VERSION) {
                throw new IllegalArgumentException("it is of version " + version
                        + (version > VERSION ? ", which a newer version of this plugin wrote" : ""));
            }
            if (images == null) {
                throw new IllegalArgumentException("it has no images");
            }
            if (images.stream().anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("an entry is missing");
            }
            images = List.copyOf(images);
        }
    }
}
