package io.jenkins.plugins.imageupdate.credentials;

import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Calls providers and getters of credentials, which other plugins implement: each may throw anything. */
final class ForeignCode {
    private static final Logger LOGGER = Logger.getLogger(ForeignCode.class.getName());

    private ForeignCode() {}

    /** @throws RegistryException if the call throws; it names the credential and the class of what was thrown */
    static <T> T call(String credentialsId, Callable<T> code) throws RegistryException {
        try {
            return code.call();
        } catch (Exception | Error e) {
            LOGGER.log(Level.FINE, e, () -> "credential '" + credentialsId + "' cannot be read");
            throw RegistryException.thrown("credential '" + credentialsId + "'", e);
        }
    }

    /** For what a check does not need. */
    static void tryTo(Runnable code) {
        try {
            code.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.FINE, "the usage of a credential cannot be tracked", e);
        }
    }
}
