package io.jenkins.plugins.imageupdate.push;

import io.jenkins.plugins.imageupdate.credentials.WebhookSecrets;
import io.jenkins.plugins.imageupdate.events.Proof;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;

/** What a caller has to prove for one source. */
interface EventProof {
    /** What is known before and after the body was read. */
    enum Verdict {
        PROVEN,
        REFUSED,
        NOT_YET
    }

    /** Whether it is worth reading the body. */
    Verdict promising(Proof.Claim claim);

    /** Whether the body comes from the source. */
    boolean given(Proof.Claim claim, byte[] body);

    /**
     * Reads the source's secret, so it may block.
     *
     * @throws RegistryException if the secret is missing or cannot be used
     */
    static EventProof of(EventSource source) throws RegistryException {
        Proof proof = source.toFormat().proof();
        if (proof == Proof.GOOGLE_TOKEN) {
            return new GoogleTokenProof(source);
        }
        String id = source.getSecretId();
        if (id == null) {
            throw new RegistryException(FailureKind.CONFIGURATION, Messages.EventProof_NoSecret());
        }
        return new OfSecret(proof, WebhookSecrets.read(id));
    }

    /** By a secret that the source and this Jenkins share. */
    record OfSecret(Proof proof, String shared) implements EventProof {
        @Override
        public Verdict promising(Proof.Claim claim) {
            return proof.promising(claim, shared) ? Verdict.PROVEN : Verdict.REFUSED;
        }

        @Override
        public boolean given(Proof.Claim claim, byte[] body) {
            return proof.given(claim, body, shared);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "OfSecret[" + proof + "]";
        }
    }
}
