package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Gets requests of one credential (or of none) past a registry's door. The client asks it before the first request and again when
 * the registry refuses; it knows challenges and tokens, the client does not.
 */
public interface Authorizer {
    /** The chosen credential's id, null for an anonymous check. */
    @CheckForNull
    String credentialsId();

    /** What to send at once; empty while the registry has not been heard to ask for anything. */
    CompletableFuture<Optional<Authorization>> authorize(Scope scope);

    /**
     * What to send after a 401 or 403. Fails with a {@link RegistryException} when the credential is refused; empty when nothing
     * better can be sent, so that the registry's answer stands.
     *
     * @param rejected what was sent before, null if nothing
     */
    CompletableFuture<Optional<Authorization>> answer(
            Scope scope, int status, HttpHeaders headers, @CheckForNull Authorization rejected);

    /** Of nobody: for hosts that the credential is not for. */
    Authorizer anonymous();

    /** What is to be read: one repository of one registry. Never several at once: gcr.io binds a token to one (Keel issue 190). */
    record Scope(RegistryEndpoint endpoint, String repository) {}

    /**
     * The value of an {@code Authorization} header.
     *
     * @param reused whether it is a token that was obtained for an earlier request, so a refusal may be of its age
     */
    record Authorization(String value, boolean reused) {
        /** The value is a secret. */
        @Override
        public String toString() {
            return "Authorization[reused=" + reused + "]";
        }
    }
}
