package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.PushTarget;
import org.junit.jupiter.api.AfterAll;

/** The client against the registry in memory. */
class InProcessRegistryClientTest extends RegistryClientSuite {
    private final InProcessRegistry registry = InProcessRegistry.start();

    @AfterAll
    void stop() {
        registry.close();
    }

    @Override
    PushTarget registry() {
        return registry;
    }

    @Override
    String origin() {
        return registry.origin();
    }

    @Override
    FailureKind kindOfMissingRepository() {
        return FailureKind.REPOSITORY_NOT_FOUND;
    }
}
