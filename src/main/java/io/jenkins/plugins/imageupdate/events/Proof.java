package io.jenkins.plugins.imageupdate.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.function.UnaryOperator;

/** How a caller of the receiver proves where an event comes from. */
public enum Proof {
    /** The secret in a header. */
    HEADER {
        @Override
        public boolean promising(Claim claim, String secret) {
            boolean shown = false;
            for (String name : SECRET_HEADERS) {
                String value = claim.headers().apply(name);
                String bare = value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                        ? value.substring(BEARER.length()).strip()
                        : value;
                shown |= SharedSecret.same(bare, secret);
            }
            return shown;
        }
    },
    /** The secret behind the source's name in the address, for registries that send no header. */
    PATH {
        @Override
        public boolean promising(Claim claim, String secret) {
            return SharedSecret.same(claim.path(), secret);
        }
    },
    /** A signature of the body by HMAC-SHA256, in a header. */
    HMAC_SHA256("HmacSHA256", "X-Hub-Signature-256", "X-Gitea-Signature", "X-Forgejo-Signature"),
    /** A signature of the body by HMAC-SHA1, in a header: Nexus Repository has no other. */
    HMAC_SHA1("HmacSHA1", "X-Nexus-Webhook-Signature"),
    /** A token that Google signed, see {@link GoogleIdTokens}. It is not proven by a secret. */
    GOOGLE_TOKEN;

    private static final String BEARER = "Bearer ";
    private static final List<String> SECRET_HEADERS = List.of("Authorization", "X-API-Key", "X-JFrog-Event-Auth");

    /** Null if the proof is not a signature. */
    private final String algorithm;

    private final List<String> signatureHeaders;

    Proof() {
        this(null);
    }

    Proof(@CheckForNull String algorithm, String... signatureHeaders) {
        this.algorithm = algorithm;
        this.signatureHeaders = List.of(signatureHeaders);
    }

    /**
     * What a caller shows before its body is read.
     *
     * @param path what follows the source's name in the address, without a slash in front; empty for nothing
     * @param headers the value of a header by its name, empty if it is missing
     */
    public record Claim(String path, UnaryOperator<String> headers) {}

    /** Whether it is worth reading the body: the secret was shown, or a signature is there. */
    public boolean promising(Claim claim, String secret) {
        return !signature(claim).isEmpty();
    }

    /** Whether the body belongs to what was shown. */
    public boolean given(Claim claim, byte[] body, String secret) {
        return algorithm == null || SharedSecret.signed(algorithm, signature(claim), body, secret);
    }

    private String signature(Claim claim) {
        return signatureHeaders.stream()
                .map(claim.headers())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> value.substring(value.indexOf('=') + 1))
                .orElse("");
    }
}
