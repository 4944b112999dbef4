package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.ImageChange;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What ledgers, builds and Pipelines keep on disk: these types under these names, each with its components under their own names. A change
 * of a name here or of a component breaks what is kept already.
 */
public final class LedgerFormat {
    /** The version that this code writes. It refuses a newer one, which says things that it would lose. */
    public static final int VERSION = 1;

    private LedgerFormat() {}

    /**
     * A ledger as it is written.
     *
     * @param recovered see {@link JobLedger#recovered}
     * @param process see {@link io.jenkins.plugins.imageupdate.check.Sighting#PROCESS}
     */
    public record Content(int version, boolean recovered, String process, List<LedgerEntry> images) {
        public Content {
            if (version < 1 || version > VERSION) {
                throw new IllegalArgumentException("it is of version " + version
                        + (version > VERSION ? ", which a newer version of this plugin wrote" : ""));
            }
            if (images == null) {
                throw new IllegalArgumentException("it has no images");
            }
            images.forEach(entry ->
                    Objects.requireNonNull(entry, "an entry is missing").verify());
        }
    }

    /** The records that are written, by their names in XML. */
    public static Map<String, Class<? extends Record>> records() {
        return Map.ofEntries(
                Map.entry("image-updates", Content.class),
                Map.entry("baseline", LedgerEntry.Baseline.class),
                Map.entry("pending", LedgerEntry.Pending.class),
                Map.entry("failing", LedgerEntry.Failing.class),
                Map.entry("step", StepSightings.class),
                Map.entry("update-days", UpdateDays.class),
                Map.entry("downstream-start", DownstreamStart.class),
                Map.entry("image", WatchedImage.class),
                Map.entry("tag-digest", TagDigest.class),
                Map.entry("tag-set", TagSet.class),
                Map.entry("gone-tag", TagSet.GoneTag.class),
                Map.entry("check-result", CheckResult.class),
                Map.entry("unreadable-image", CheckResult.Unreadable.class),
                Map.entry("image-change", ImageChange.class),
                Map.entry("image-facts", ImageChange.ImageFacts.class));
    }

    /** The one other type, by its fields. */
    public static Map<String, Class<?>> types() {
        return Map.of("entry", LedgerEntry.class);
    }
}
