package io.jenkins.plugins.imageupdate.push;

import io.jenkins.plugins.imageupdate.credentials.WebhookSecrets;
import io.jenkins.plugins.imageupdate.events.Proof;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;

/** What a caller has to prove for one source. */
final class EventProof {
    private final Proof proof;
    private final String shared;

    private EventProof(Proof proof, String shared) {
        this.proof = proof;
        this.shared = shared;
    }

    /**
     * Reads the source's secret, so it may block.
     *
     * @throws RegistryException if there is no usable secret
     */
    static EventProof of(EventSource source) throws RegistryException {
        String id = source.getSecretId();
        if (id == null) {
            throw new RegistryException(FailureKind.CONFIGURATION, Messages.EventProof_NoSecret());
        }
        return new EventProof(source.toFormat().proof(), WebhookSecrets.read(id));
    }

    /** Whether it is worth reading the body. */
    boolean promising(Proof.Claim claim) {
        return proof.promising(claim, shared);
    }

    /** Whether the body comes from the source. */
    boolean given(Proof.Claim claim, byte[] body) {
        return proof.given(claim, body, shared);
    }
}
