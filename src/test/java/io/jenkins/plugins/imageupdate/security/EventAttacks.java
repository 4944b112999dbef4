package io.jenkins.plugins.imageupdate.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.push.EventSource;
import io.jenkins.plugins.imageupdate.push.PushEvents;
import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.FakeGoogleKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.htmlunit.HttpMethod;

/** Attacks on the receiver of push events, by callers without an account. */
final class EventAttacks {
    private static final String SECRET = PushEvents.SECRET;
    private static final String ACCOUNT = "push@p.iam.gserviceaccount.com";
    private static final String AUDIENCE = "https://jenkins.example.com/events";
    private static final String EVENT =
            "{\"events\": [{\"action\": \"push\", \"target\": {\"mediaType\": \"m\", \"repository\": \"%s\", \"tag\": \"stable\"},"
                    + " \"request\": {\"host\": \"%s\"}}]}";

    private final JenkinsScene scene;
    private final HttpClient http = HttpClient.newHttpClient();

    EventAttacks(JenkinsScene scene) {
        this.scene = scene;
    }

    List<Attack> rows() {
        String forged = "checks that no registry asked for";
        Map<String, String> good = Map.of("Authorization", "Bearer " + SECRET);
        return List.of(
                refused(forged, "an event with a wrong secret", "403", "own", Map.of("Authorization", "Bearer x")),
                refused(forged, "an event without a secret", "403", "own", Map.of()),
                refused(forged, "an event with the secret in its address", "403", "own/" + SECRET, Map.of()),
                refused(forged, "an event for a source without a secret", "403", "open", good),
                refused(
                        forged,
                        "an event with a wrong signature",
                        "403",
                        "signed",
                        Map.of("X-Hub-Signature-256", "sha256=00")),
                refused(forged, "an event with the secret in place of a signature", "403", "signed", good),
                new Attack(
                        "the names of sources",
                        "an event for an unknown source",
                        "the same answer as for a wrong secret",
                        () -> {
                            HttpResponse<String> unknown = post("unknown", Map.of(), event("p/app"));
                            HttpResponse<String> wrong = post("own", Map.of(), event("p/app"));
                            return unknown.statusCode() == wrong.statusCode()
                                            && unknown.body().equals(wrong.body())
                                    ? "the same answer as for a wrong secret"
                                    : unknown.body();
                        }),
                new Attack(
                        "which images jobs watch", "events for watched and for other images", "the same answer", () -> {
                            scene.evil.pushImage("open/events", "stable", "one");
                            watching("open/events");
                            HttpResponse<String> watched = post("own", good, event("open/events"));
                            HttpResponse<String> other = post("own", good, event("open/none"));
                            return watched.statusCode() == 202
                                            && other.statusCode() == 202
                                            && watched.body().equals(other.body())
                                    ? "the same answer"
                                    : watched.statusCode() + " " + other.statusCode();
                        }),
                refused("a method that changes nothing", "a GET request", "405", "own", "GET", good, ""),
                refused("a method that changes nothing", "a PUT request", "405", "own", "PUT", good, event("p/app")),
                refused("memory", "a body of more than 256 KiB", "413", "own", "POST", good, " ".repeat(262_145)),
                refused("memory", "JSON with 100,000 levels", "400", "own", "POST", good, "[".repeat(100_000)),
                refused("memory", "2,000 events in one request", "400", "own", "POST", good, many()),
                new Attack("a thread of Jenkins", "a body that comes byte by byte", "413", this::slowly),
                new Attack(
                        "a script on a page",
                        "an image whose name is markup",
                        "400, and the page does not have it",
                        () -> {
                            int status = post("own", good, event("<img src=x onerror=alert(1)>"))
                                    .statusCode();
                            String page = scene.request("administrator", HttpMethod.GET, "manage/image-updates/", null);
                            return status + (page.contains("onerror") ? page : ", and the page does not have it");
                        }),
                token(
                        "a token without a signature (`none`)",
                        keys -> FakeGoogleKeys.unsigned(keys.header("none"), FakeGoogleKeys.claims(AUDIENCE, ACCOUNT))
                                + "."),
                token(
                        "a token for another audience",
                        keys -> keys.sign(FakeGoogleKeys.claims("https://jenkins.example.com/other", ACCOUNT))),
                token(
                        "a token of another account",
                        keys -> keys.sign(FakeGoogleKeys.claims(AUDIENCE, "other@p.iam.gserviceaccount.com"))),
                token(
                        "a token that is signed with another key",
                        keys -> FakeGoogleKeys.sign(
                                keys.header("RS256"), FakeGoogleKeys.claims(AUDIENCE, ACCOUNT), FakeGoogleKeys.pair())),
                token("a token that has expired", keys -> {
                    ObjectNode claims = FakeGoogleKeys.claims(AUDIENCE, ACCOUNT);
                    return keys.sign(claims.put("exp", Instant.now().getEpochSecond() - 3600));
                }),
                new Attack(
                        "a build without a change",
                        "an event with a digest of the attacker, sent twice",
                        "202, and nothing was built",
                        () -> {
                            scene.evil.pushImage("open/replayed", "stable", "one");
                            FreeStyleProject job = watching("open/replayed");
                            int status =
                                    post("own", good, event("open/replayed")).statusCode();
                            post("own", good, event("open/replayed"));
                            PollScene.poll(job);
                            scene.jenkins.waitUntilNoActivity();
                            return job.getLastBuild() == null ? status + ", and nothing was built" : "it was built";
                        }));
    }

    /** Sends until there is an answer, which comes before the body ends. */
    private String slowly() throws IOException {
        URI jenkins = URI.create(scene.jenkins.getURL().toString());
        try (Socket socket = new Socket(jenkins.getHost(), jenkins.getPort())) {
            String head =
                    "POST " + jenkins.getPath() + "image-update-events/own HTTP/1.1\r\nHost: " + jenkins.getAuthority()
                            + "\r\nAuthorization: Bearer " + SECRET + "\r\nContent-Length: 1000\r\n\r\n";
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 900 && in.available() == 0; i++) {
                out.write(' ');
                out.flush();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    private FreeStyleProject watching(String repository) throws Exception {
        FreeStyleProject job = scene.jenkins.createFreeStyleProject(repository.replace('/', '-'));
        job.addTrigger(PollScene.trigger(scene.evil.host() + "/" + repository + ":stable"));
        job.save();
        PollScene.poll(job);
        return job;
    }

    private String event(String repository) {
        return EVENT.formatted(repository, scene.evil.host());
    }

    private String many() {
        String one = "{\"action\": \"pull\"},";
        return "{\"events\": [" + one.repeat(1_999) + "{\"action\": \"pull\"}]}";
    }

    private Attack refused(String aim, String tried, String status, String path, Map<String, String> headers) {
        return refused(aim, tried, status, path, "POST", headers, event("p/app"));
    }

    private Attack refused(
            String aim,
            String tried,
            String status,
            String path,
            String method,
            Map<String, String> headers,
            String body) {
        return new Attack(
                aim,
                tried,
                status,
                () -> String.valueOf(send(path, method, headers, body).statusCode()));
    }

    /** Made by someone who may ask Google for tokens, but not for this one. */
    private interface Forger {
        String token(FakeGoogleKeys keys);
    }

    private Attack token(String tried, Forger forger) {
        return new Attack("checks that Google did not ask for", tried, "403", () -> {
            try (FakeGoogleKeys keys = FakeGoogleKeys.start()) {
                PushEvents.useKeys(URI.create(keys.address()));
                // Until Google's keys are here, every token is answered with 503.
                String good = keys.sign(FakeGoogleKeys.claims(AUDIENCE, ACCOUNT));
                PushEvents.await(() -> google(good) != 503);
                int before = google(good);
                return before + " for its own token, " + google(forger.token(keys)) + " for this one";
            }
        });
    }

    private int google(String token) {
        try {
            return post("google", Map.of("Authorization", "Bearer " + token), "{\"message\": {\"data\": \"e30=\"}}")
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> post(String path, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        return send(path, "POST", headers, body);
    }

    private HttpResponse<String> send(String path, String method, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(scene.jenkins.getURL() + "image-update-events/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sources of every kind of proof. */
    static List<EventSource> sources(Consumer<String> secret) {
        secret.accept("events");
        EventSource own = new EventSource("own", "distribution");
        own.setSecretId("events");
        EventSource signed = new EventSource("signed", "ghcr");
        signed.setSecretId("events");
        EventSource google = new EventSource("google", "pubsub");
        google.setServiceAccount(ACCOUNT);
        google.setAudience(AUDIENCE);
        return List.of(own, signed, google, new EventSource("open", "harbor"));
    }
}
