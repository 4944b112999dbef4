package io.jenkins.plugins.imageupdate.registry;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** The requests of one check of one repository, sent one after another with what the registry wants to see of a login. */
public interface Requests {
    /**
     * Sends a GET or HEAD.
     *
     * @param accept value of the {@code Accept} header
     * @return the registry's response with any status; fails with a {@link RegistryException} if no response comes. Call again
     *     only when this future is complete.
     */
    CompletableFuture<Response> send(String method, URI uri, String accept);

    /** The failure behind a response that is not a success. */
    RegistryException diagnose(Response response);

    /** A success that is not what was asked for; the words name the host that answered, if it is not the registry. */
    RegistryException unexpected(Response response, FailureKind kind, String what);
}
