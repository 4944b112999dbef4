package io.jenkins.plugins.imageupdate.registry.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    /** Expected are schemes with their parameters in the order sent, values in brackets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Bearer realm=\"https://gcr.io/v2/token\",service=\"gcr.io\"|bearer realm[https://gcr.io/v2/token]"
                        + " service[gcr.io]",
                "Bearer"
                        + " realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:samalba/my-app:pull,push\"|bearer"
                        + " realm[https://auth.docker.io/token] service[registry.docker.io]"
                        + " scope[repository:samalba/my-app:pull,push]",
                "Basic realm=\"simple\"|basic realm[simple]",
                "BASIC Realm=\"Simple\"|basic realm[Simple]",
                "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\""
                        + "|newauth realm[apps] type[1] title[Login to \"apps\"]; basic realm[simple]",
                "Basic|basic",
                "Negotiate|negotiate",
                "Negotiate, Basic realm=\"x\"|negotiate; basic realm[x]",
                "Negotiate YWJjZA==|negotiate",
                "NTLM TlRMTVNTUAAC, Bearer realm=\"x\"|ntlm; bearer realm[x]",
                "Negotiate a~b._c+/-==,Bearer realm=\"x\"|negotiate; bearer realm[x]",
                "Bearer realm=x, Negotiate abc= , Basic realm=y|bearer realm[x]; negotiate; basic realm[y]",
                "Bearer realm = \"x\" , service\t=\ty|bearer realm[x] service[y]",
                ",, Bearer ,realm=\"x\",,service=\"y\",,|bearer realm[x] service[y]",
                "Bearer realm=\"\"|bearer realm[]",
                "Bearer realm=\"a\\b\\\\c\"|bearer realm[ab\\c]",
                "Bearer realm=\"a, Basic realm=b\"|bearer realm[a, Basic realm=b]",
                "Bearer realm=\"x\",realm=\"y\"|bearer realm[x]",
                "Bearer error=\"insufficient_scope\",realm=\"x\"|bearer error[insufficient_scope] realm[x]",
                "X-Foo.1~ a=b|x-foo.1~ a[b]",
            })
    void readsWhatTheGrammarAllows(String header, String expected) {
        assertEquals(expected, show(Challenge.parse(List.of(header))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Bearer realm=https://x/token?a=b,service=y|bearer realm[https://x/token?a=b] service[y]",
                "Bearer realm=\"x\" service=\"y\"|bearer realm[x] service[y]",
                "Bearer realm=\"x\";service=\"y\"|bearer realm[x] service[y]",
                "Bearer realm=\"x\"service=\"y\"|bearer realm[x] service[y]",
                "Bearer realm=,service=\"y\"|bearer service[y]",
                "Bearer service=\"y\",realm=\"https://x/to|bearer service[y]",
                "Bearer service=\"y\",realm=\"x\\\"|bearer service[y]",
                "Bearer \"Basic realm=evil\", realm=\"x\"|bearer realm[x]",
                "realm=\"Basic realm=evil\"|",
                "\"Basic realm=evil|",
                "=, \" , ;|",
            })
    void makesTheBestOfOthersAndNothingOfWhatStandsInQuotes(String header, String expected) {
        assertEquals(expected == null ? "" : expected, show(Challenge.parse(List.of(header))));
    }

    @Test
    void readsEveryHeader() {
        List<Challenge> challenges = Challenge.parse(List.of("Negotiate", "", "Bearer realm=\"x\"", "realm=\"y\""));
        assertEquals("negotiate; bearer realm[x]", show(challenges), "a header ends the challenge of the one before");
        assertEquals(List.of(), Challenge.parse(List.of()));
    }

    @Test
    void missingParametersAreEmpty() {
        Challenge challenge = Challenge.parse(List.of("Bearer realm=\"x\"")).get(0);
        assertEquals("x", challenge.parameter("realm"));
        assertEquals("", challenge.parameter("scope"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a ", "a,", "a=", "\"", "a=\"", "\\", "a=\"\\", " ", "a=b ", "a a=", "/"})
    void readsHostileHeadersInTime(String part) {
        String longest = part.repeat(16 * 1024 / part.length());
        assertTrue(Challenge.parse(List.of("Bearer " + longest, longest)).size() <= 16 * 1024);
        assertTrue(Challenge.parse(List.of("Bearer realm=\"" + "x".repeat(16 * 1024) + "\""))
                .isEmpty());
    }

    private static String show(List<Challenge> challenges) {
        return challenges.stream().map(ChallengeTest::show).collect(Collectors.joining("; "));
    }

    private static String show(Challenge challenge) {
        StringBuilder out = new StringBuilder(challenge.scheme());
        for (Map.Entry<String, String> parameter : challenge.parameters().entrySet()) {
            out.append(' ')
                    .append(parameter.getKey())
                    .append('[')
                    .append(parameter.getValue())
                    .append(']');
        }
        return out.toString();
    }
}
