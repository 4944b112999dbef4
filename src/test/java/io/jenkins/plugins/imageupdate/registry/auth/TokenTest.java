package io.jenkins.plugins.imageupdate.registry.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What token servers answer, and how long what they give is used. */
class TokenTest {
    /** By this controller's clock, which is an hour behind that of the token server. */
    private static final Instant NOW = Instant.parse("2026-11-06T07:00:00Z");

    private static final String THEIR_NOW = "Fri, 06 Nov 2026 08:00:00 GMT";

    private static Token parse(String body) throws RegistryException {
        HttpHeaders headers = HttpHeaders.of(Map.of("Date", List.of(THEIR_NOW)), (name, value) -> true);
        URI uri = URI.create("https://gcr.io/v2/token");
        return Token.parse(new Response(uri, 200, headers, body.getBytes(StandardCharsets.UTF_8)), NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'token':'one'}|one",
                "{'access_token':'two'}|two",
                "{'token':'one','access_token':'two'}|one",
                "{'token':'','access_token':'two'}|two"
            })
    void hasEitherName(String body, String value) throws RegistryException {
        assertEquals(value, parse(body.replace('\'', '"')).value());
    }

    /** ghcr.io names no life (Cupdate issue 32): then it is a minute, and never less. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'a':1|60",
                "'expires_in':null|60",
                "'expires_in':'soon'|60",
                "'expires_in':0|60",
                "'expires_in':-5|60",
                "'expires_in':1|60",
                "'expires_in':89|60",
                "'expires_in':91|61",
                "'expires_in':300|270",
                "'expires_in':'300'|270",
                "'expires_in':3600|3570",
                "'expires_in':99999999999|86370",
                "'expires_in':3600,'issued_at':'2026-11-06T08:00:00Z'|3570",
                "'expires_in':3600,'issued_at':'2026-11-06T07:50:00Z'|2970",
                "'expires_in':3600,'issued_at':'2026-11-06T08:50:00.123+01:00'|2970.123",
                "'expires_in':3600,'issued_at':'2026-11-06T08:10:00Z'|3570",
                "'expires_in':3600,'issued_at':'2026-11-06T06:00:00Z'|60",
                "'expires_in':3600,'issued_at':'yesterday'|3570",
                "'expires_in':3600.0|3570"
            })
    void isUsedUntilShortlyBeforeItsEndByTheServersOwnClock(String fields, double seconds) throws RegistryException {
        Token token = parse("{'token':'t',%s}".formatted(fields).replace('\'', '"'));
        assertEquals(NOW.plus(Duration.ofMillis(Math.round(seconds * 1000))), token.usableUntil());
    }

    /** As Quay's, Azure's and Gitea's, which name no life besides: by what the token says, and by the server's clock. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'iat':1793952000,'exp':1793955600|3570",
                "'iat':1793951400,'exp':1793955600|3570",
                "'nbf':1793952000,'exp':1793955600|3570",
                "'nbf':1793951400,'exp':1793955600|3570",
                "'exp':1793955600|3570",
                "'exp':1793952010|60",
                "'exp':1793900000|60",
                "'exp':'soon'|60",
                "'iat':1793952000|60",
                "'exp':99999999999|86370"
            })
    void aTokenThatNamesItsOwnEndIsUsedUntilShortlyBefore(String claims, double seconds) throws RegistryException {
        String payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{%s}".formatted(claims).replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        Token token = parse("{\"token\":\"e30." + payload + ".c2ln\"}");
        assertEquals(NOW.plus(Duration.ofMillis(Math.round(seconds * 1000))), token.usableUntil());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "<html>", "{}", "{\"token\":7}", "{\"token\":\"two words\"}", "{\"token\":\"a\\nb\"}"})
    void textThatCannotBeInAHeaderIsNotAToken(String body) {
        RegistryException thrown = assertThrows(RegistryException.class, () -> parse(body));
        assertEquals(FailureKind.NOT_A_REGISTRY, thrown.kind());
    }
}
