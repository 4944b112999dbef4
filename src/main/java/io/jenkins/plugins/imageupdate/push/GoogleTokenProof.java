package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.imageupdate.config.ControllerHttp;
import io.jenkins.plugins.imageupdate.events.GoogleIdTokens;
import io.jenkins.plugins.imageupdate.events.Proof;
import java.net.URI;
import java.util.Objects;

/** By the id token that Google Pub/Sub sends along with each request. */
record GoogleTokenProof(EventSource source) implements EventProof {
    private static final String BEARER = "Bearer ";

    /** Google's keys, for all sources. */
    @Extension
    public static final class Verifier {
        private URI keys = GoogleIdTokens.KEYS;
        private GoogleIdTokens tokens;

        static Verifier get() {
            return ExtensionList.lookupSingleton(Verifier.class);
        }

        /** For tests, which must not ask Google. */
        synchronized void use(URI otherKeys) {
            keys = otherKeys;
            tokens = null;
        }

        synchronized GoogleIdTokens tokens() {
            if (tokens == null) {
                tokens = new GoogleIdTokens(ControllerHttp.get().transport(), keys);
            }
            return tokens;
        }
    }

    @Override
    public Verdict promising(Proof.Claim claim) {
        String shown = claim.headers().apply("Authorization");
        if (!shown.startsWith(BEARER)) {
            return Verdict.REFUSED;
        }
        GoogleIdTokens.Verdict verdict = Verifier.get()
                .tokens()
                .judge(
                        shown.substring(BEARER.length()).strip(),
                        audience(source),
                        Objects.requireNonNull(source.getServiceAccount()));
        return switch (verdict) {
            case GENUINE -> Verdict.PROVEN;
            case REFUSED -> Verdict.REFUSED;
            case NOT_YET -> Verdict.NOT_YET;
        };
    }

    private static String audience(EventSource source) {
        @CheckForNull String own = source.getAudience();
        return own == null ? EventSource.address(source.getName()) : own;
    }

    /** Google does not sign the body: the token belongs to this source, and the connection is encrypted. */
    @Override
    public boolean given(Proof.Claim claim, byte[] body) {
        return true;
    }
}
