package io.jenkins.plugins.imageupdate.registry;

import java.time.Instant;
import java.util.Objects;

/**
 * What a tag list of Google's registries tells of a tag: the digest that it points at, and when that was uploaded
 * ({@code timeUploadedMs}).
 *
 * @param digest of the manifest or index
 * @param at by the registry's clock
 */
public record Push(Digest digest, Instant at) {
    public Push {
        Objects.requireNonNull(digest);
        Objects.requireNonNull(at);
    }
}
