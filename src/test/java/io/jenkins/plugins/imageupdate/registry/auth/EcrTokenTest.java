package io.jenkins.plugins.imageupdate.registry.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.EcrTokens;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Amazon's user AWS and the token that is its password. */
class EcrTokenTest {
    private static final Instant END =
            Instant.ofEpochSecond(Instant.now().getEpochSecond()).plus(Duration.ofHours(12));

    private static String password(String user, String secret) {
        return assertInstanceOf(Authentication.UserPassword.class, Authentications.ofUserPassword("ecr", user, secret))
                .secret();
    }

    @Test
    void theWholeAuthorizationTokenStandsForItsPassword() {
        String password = EcrTokens.password(END);
        assertEquals(password, password("AWS", EcrTokens.authorization(password)));
        assertEquals(password, password("AWS", " " + EcrTokens.authorization(password) + "\n"));
        assertEquals(password, password("AWS", password), "as \"aws ecr get-login-password\" prints it");
    }

    @Test
    void otherPasswordsAndOtherUsersStayAsTheyAre() {
        String whole = EcrTokens.authorization(EcrTokens.password(END));
        assertEquals(whole, password("reader", whole));
        assertEquals("a password", password("AWS", "a password"));
        assertEquals("QVdT", password("AWS", "QVdT"), "base64 of AWS without a colon");
    }

    @Test
    void theEndIsReadFromThePassword() {
        String password = EcrTokens.password(END);
        assertEquals(END, EcrToken.read(password).end());
        assertEquals(END, EcrToken.read(EcrTokens.authorization(password)).end());
        assertEquals(END, Authentications.end(Authentications.ofUserPassword("ecr", "AWS", password)));
        assertNull(Authentications.end(Authentications.ofUserPassword("login", "reader", password)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "e30=", "eyJleHBpcmF0aW9uIjoxZTk5OX0=", "eyJleHBpcmF0aW9uIjoieCJ9"})
    void aPasswordThatDoesNotTellItsEndHasNone(String password) {
        assertNull(EcrToken.read(password).end());
    }

    @Test
    void anExpiredTokenIsRefusedWithItsEndAndTheWayOut() {
        Instant past = END.minus(Duration.ofHours(13));
        String password = EcrTokens.password(past);
        for (String secret : new String[] {password, EcrTokens.authorization(password)}) {
            String message = assertThrows(IllegalArgumentException.class, () -> password("AWS", secret))
                    .getMessage();
            assertTrue(message.startsWith("the ECR token expired at " + past), message);
            assertTrue(message.contains("12 hours") && message.contains("Amazon ECR plugin"), message);
            assertFalse(message.contains(password), message);
        }
    }

    @Test
    void nothingSecretIsInAText() {
        String password = EcrTokens.password(END);
        assertFalse(EcrToken.read(password).toString().contains(password));
    }
}
