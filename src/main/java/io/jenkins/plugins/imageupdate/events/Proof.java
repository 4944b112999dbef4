package io.jenkins.plugins.imageupdate.events;

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
    HMAC_SHA256 {
        @Override
        public boolean promising(Claim claim, String secret) {
            return !signature(claim, SHA256_HEADERS).isEmpty();
        }

        @Override
        public boolean given(Claim claim, byte[] body, String secret) {
            return SharedSecret.signed("HmacSHA256", signature(claim, SHA256_HEADERS), body, secret);
        }
    },
    /** A signature of the body by HMAC-SHA1, in a header: Nexus Repository has no other. */
    HMAC_SHA1 {
        @Override
        public boolean promising(Claim claim, String secret) {
            return !signature(claim, SHA1_HEADERS).isEmpty();
        }

        @Override
        public boolean given(Claim claim, byte[] body, String secret) {
            return SharedSecret.signed("HmacSHA1", signature(claim, SHA1_HEADERS), body, secret);
        }
    },
    /** A token that Google signed, see {@link GoogleIdTokens}. It is not proven by a secret. */
    GOOGLE_TOKEN {
        @Override
        public boolean promising(Claim claim, String secret) {
            return false;
        }
    };

    private static final String BEARER = "Bearer ";
    private static final List<String> SECRET_HEADERS = List.of("Authorization", "X-API-Key", "X-JFrog-Event-Auth");
    private static final List<String> SHA256_HEADERS =
            List.of("X-Hub-Signature-256", "X-Gitea-Signature", "X-Forgejo-Signature");
    private static final List<String> SHA1_HEADERS = List.of("X-Nexus-Webhook-Signature");

    /**
     * What a caller shows before its body is read.
     *
     * @param path what follows the source's name in the address, without a slash in front; empty for nothing
     * @param headers the value of a header by its name, empty if it is missing
     */
    public record Claim(String path, UnaryOperator<String> headers) {}

    /** Whether it is worth reading the body: the secret was shown, or a signature is there. */
    public abstract boolean promising(Claim claim, String secret);

    /** Whether the body belongs to what was shown. */
    public boolean given(Claim claim, byte[] body, String secret) {
        return true;
    }

    private static String signature(Claim claim, List<String> names) {
        for (String name : names) {
            String value = claim.headers().apply(name);
            if (!value.isEmpty()) {
                return value.substring(value.indexOf('=') + 1);
            }
        }
        return "";
    }
}
