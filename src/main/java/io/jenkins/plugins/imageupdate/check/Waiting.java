package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import java.time.Instant;
import java.util.Objects;

/**
 * A digest that is too young to count.
 *
 * @param tag the tag that a policy chose; null without a policy
 * @param digest the digest that would decide
 * @param until when it is old enough, if the controller runs until then
 */
public record Waiting(@CheckForNull String tag, Digest digest, Instant until) {
    public Waiting {
        Objects.requireNonNull(digest, "the digest that waits is missing");
        Objects.requireNonNull(until, "the time until which a digest waits is missing");
    }

    /** {@code 1.4.3 waits until 2026-12-01T10:00:00Z}. */
    public String sentence() {
        return (tag == null ? digest.abbreviated() : tag + " " + digest.abbreviated()) + " waits until " + until;
    }
}
