package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.Waiting;
import java.util.List;

/** A digest on pages that is too young to count. */
public final class WaitingDigest {
    private final Waiting waiting;

    private WaitingDigest(Waiting waiting) {
        this.waiting = waiting;
    }

    static List<WaitingDigest> of(List<Waiting> waiting) {
        return waiting.stream().map(WaitingDigest::new).toList();
    }

    /** The tag that a policy chose. Null without a policy. */
    @CheckForNull
    public String getTag() {
        return waiting.tag();
    }

    public String getDigest() {
        return waiting.digest().toString();
    }

    public String getShortDigest() {
        return waiting.digest().abbreviated();
    }

    public When getUntil() {
        return When.of(waiting.until());
    }
}
