package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.testing.Attack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Key files and configurations of external accounts that somebody else wrote. */
public final class GoogleFileAttacks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BORROWING = "service_account_impersonation_url";

    public static final List<Attack> ROWS = Stream.of(
                    keys("token_uri", "https://evil.example/token", "http://oauth2.googleapis.com/token"),
                    keys("token_uri", "https://oauth2.googleapis.com.evil.example/token", "http://169.254.169.254/"),
                    keys("token_uri", "https://oauth2.googleapis.com@evil.example/token"),
                    keys("universe_domain", "evil.example"),
                    accounts("token_url", "https://sts.googleapis.com.evil.example/v1/token"),
                    accounts("universe_domain", "evil.example"),
                    accounts(BORROWING, "https://evil.example/v1/projects/-/serviceAccounts/a@b:generateAccessToken"),
                    accounts(
                            BORROWING,
                            "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/../x:generateAccessToken"),
                    sources("a program to run", "{\"executable\":{\"command\":\"/bin/sh -c id\"}}"),
                    sources("of AWS", "{\"environment_id\":\"aws1\",\"url\":\"http://169.254.169.254/\"}"),
                    sources("are not valid", "{\"url\":\"file:///etc/passwd\"}", "{\"url\":\"ht tp://x\"}"),
                    sources("is neither https nor on this machine", "{\"url\":\"http://10.0.0.1/token\"}"),
                    sources("is neither https nor on this machine", "{\"url\":\"http://localhost.evil.example/\"}"),
                    sources("is neither https nor on this machine", "{\"url\":\"http://127.0.0.1.evil.example/\"}"),
                    sources("is neither https nor on this machine", "{\"url\":\"http://2130706433/token\"}"),
                    sources("are not valid", "{\"url\":\"https://a.example\",\"headers\":{\"A\":\"1\\r\\nB: 2\"}}"),
                    sources("are not valid", "{\"url\":\"https://a.example\",\"headers\":{\"Host\":\"evil\"}}"),
                    sources("cannot be read", "{\"file\":\"/nowhere/secret-path\"}", "{\"file\":\"\\u0000\"}"),
                    List.of(person()))
            .flatMap(List::stream)
            .toList();

    private GoogleFileAttacks() {}

    private static List<Attack> keys(String field, String... values) {
        return Stream.of(values)
                .map(value -> new Attack(
                        "a signed assertion",
                        "a service account's key whose `" + field + "` is `" + value + "`",
                        "refused: its \"" + field + "\" is not",
                        () -> {
                            ObjectNode key = (ObjectNode) JSON.readTree(GoogleFixture.KEY);
                            Authentication given = Authentications.ofSecret(
                                    "id", key.put(field, value).toString());
                            try {
                                return "signs: " + Authentications.signedLocally(given);
                            } catch (IllegalArgumentException e) {
                                return e.getMessage();
                            }
                        }))
                .toList();
    }

    private static ObjectNode account() {
        return JSON.createObjectNode()
                .put("type", "external_account")
                .put("audience", "a")
                .put("subject_token_type", "t")
                .put("token_url", "https://sts.googleapis.com/v1/token");
    }

    private static List<Attack> accounts(String field, String value) {
        ObjectNode account = account().put(field, value);
        account.putObject("credential_source").put("file", "/dev/null");
        return List.of(attack(
                "the workload's own token",
                "an external account whose `" + field + "` is `" + value + "`",
                "refused: its \"" + field + "\" is not",
                account));
    }

    private static List<Attack> sources(String refusal, String... sources) {
        return Stream.of(sources)
                .map(source -> {
                    try {
                        ObjectNode account = account();
                        account.set("credential_source", JSON.readTree(source));
                        return attack(
                                "the controller's files, programs and network",
                                "an external account whose source is `" + source + "`",
                                refusal,
                                account);
                    } catch (java.io.IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static Attack person() {
        ObjectNode login =
                JSON.createObjectNode().put("type", "authorized_user").put("refresh_token", "secret-path");
        return attack("a person's login", "the file of `gcloud auth login`", "refused: a person's login", login);
    }

    /** As the controller's own identity, which is the only way in which such a file is read. */
    private static Attack attack(String aim, String tried, String refusal, ObjectNode file) {
        return new Attack(aim, tried, refusal, () -> {
            Path path = Files.createTempFile("external-account", ".json");
            try (GoogleFixture fixture = new GoogleFixture()) {
                fixture.file = Files.writeString(path, file.toString()).toString();
                String said = fixture.failure(GoogleFixture.controller()).getMessage();
                if (said.contains("secret-path") || !fixture.google.requests().isEmpty()) {
                    throw new AssertionError(said);
                }
                return said;
            } finally {
                Files.delete(path);
            }
        });
    }
}
