package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.testing.DistributionServer;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import io.jenkins.plugins.imageupdate.testing.PushTarget;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The client against the CNCF distribution server. */
class DistributionRegistryClientTest extends RegistryClientSuite {
    private DistributionServer server;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        server = DistributionServer.start(directory);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    PushTarget registry() {
        return new ImagePusher(server.origin());
    }

    @Override
    String origin() {
        return server.origin();
    }

    /** It looks for a tag without looking for its repository first. */
    @Override
    FailureKind kindOfMissingRepository() {
        return FailureKind.TAG_NOT_FOUND;
    }
}
