package io.jenkins.plugins.imageupdate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.ControllerIdentity;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.NamedControllerIdentity;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.WorkloadIdentity;
import io.jenkins.plugins.imageupdate.testing.IdTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry's entry makes of a login. */
class AdaptedLoginsTest {
    private final ConfiguredRegistry registry = new ConfiguredRegistry("gcr.io");

    @Test
    void aCredentialThatNamesTheControllersIdentityGetsItOnlyWhereItIsLent() throws Exception {
        Authentication named = new NamedControllerIdentity("metadata");
        assertSame(named, registry.adapted(named, null));
        registry.setControllerIdentity(true);
        Authentication lent = assertInstanceOf(ControllerIdentity.class, registry.adapted(named, null));
        assertEquals("metadata", lent.credentialsId());
        assertEquals(new ControllerIdentity().fingerprint(), lent.fingerprint(), "one identity, one token");
    }

    @Test
    void idTokensBorrowTheServiceAccountAlsoIfKeysSignHere() throws Exception {
        Authentication token = Authentications.ofSecret("id-token", IdTokens.sign(IdTokens.claims()));
        registry.setServiceAccount(" images@p.iam.gserviceaccount.com ");
        registry.setSignLocally(true);
        WorkloadIdentity adapted = assertInstanceOf(WorkloadIdentity.class, registry.adapted(token, null));
        assertEquals("images@p.iam.gserviceaccount.com", adapted.account());
        registry.setServiceAccount("");
        assertNull(assertInstanceOf(WorkloadIdentity.class, registry.adapted(token, null))
                .account());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "images",
                "a@example.com",
                "a@x.gserviceaccount.com.example.com",
                "a/../b@p.iam.gserviceaccount.com"
            })
    void aServiceAccountIsAnEmailOfGoogles(String name) {
        assertThrows(IllegalArgumentException.class, () -> registry.setServiceAccount(name));
    }
}
