package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.util.concurrent.CompletionException;

/**
 * What the layers of the client fail with, before image and credential are known: a kind, a detail fit for users, and when to ask
 * again. {@link #toFailure} completes it. It never carries a response's body, a header or a secret.
 */
public final class RegistryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final String detail;
    private final transient Instant retryAt;
    private final int repetitions;

    public RegistryException(FailureKind kind, String detail) {
        this(kind, detail, null);
    }

    public RegistryException(FailureKind kind, String detail, @CheckForNull Instant retryAt) {
        this(kind, detail, retryAt, 0);
    }

    private RegistryException(FailureKind kind, String detail, @CheckForNull Instant retryAt, int repetitions) {
        // Expected outcomes of asking a server, made by the thousand while a registry is down: no stack trace.
        super(kind + ": " + detail, null, false, false);
        this.kind = kind;
        this.detail = detail;
        this.retryAt = retryAt;
        this.repetitions = repetitions;
    }

    /**
     * What code of another plugin threw. Its message may contain a secret, so it is left out, except that of a linkage error: this is the name of a
     * class or method that is missing.
     *
     * @param what the subject, such as "credential 'a'"
     */
    public static RegistryException thrown(String what, Throwable thrown) {
        Throwable cause = unwrap(thrown);
        String message =
                cause instanceof LinkageError && cause.getMessage() != null ? " (" + cause.getMessage() + ")" : "";
        return new RegistryException(
                FailureKind.CONFIGURATION,
                what + " failed with " + cause.getClass().getName() + message);
    }

    public FailureKind kind() {
        return kind;
    }

    public String detail() {
        return detail;
    }

    @CheckForNull
    public Instant retryAt() {
        return retryAt;
    }

    /** The same as a fault that may be over in a moment, so that the request is worth that many repetitions. */
    public RegistryException worthRepeating(int times) {
        return new RegistryException(kind, detail, retryAt, times);
    }

    /** How often the request is worth repeating, 0 for not at all. */
    public int repetitions() {
        return repetitions;
    }

    /** The same with words in front that name the host, unless they are there already. */
    public RegistryException prefixed(String prefix) {
        return detail.startsWith(prefix) ? this : new RegistryException(kind, prefix + detail, retryAt, repetitions);
    }

    public Failure toFailure(String image, @CheckForNull String credentialsId) {
        return new Failure(kind, image, credentialsId, detail, retryAt);
    }

    /** The cause behind the wrappers that {@code CompletableFuture} puts around it. */
    public static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
