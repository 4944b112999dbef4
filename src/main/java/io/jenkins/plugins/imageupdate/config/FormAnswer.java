package io.jenkins.plugins.imageupdate.config;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a button of a form asked for. */
final class FormAnswer {
    /** Beyond the registry's timeout, which does not count the time in line. */
    private static final Duration MORE = Duration.ofSeconds(5);

    private FormAnswer() {}

    /** @throws RegistryException if there is still nothing some seconds after the registry's timeout, or the check itself broke */
    static <T> T of(CompletableFuture<T> asked, Duration timeout) throws InterruptedException, RegistryException {
        try {
            return asked.get(timeout.plus(MORE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RegistryException(
                    FailureKind.TIMEOUT,
                    "the check still waits in line, since other checks of this registry come first; try again later");
        } catch (ExecutionException e) {
            throw RegistryException.thrown("the check", e);
        }
    }
}
