package io.jenkins.plugins.imageupdate.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Accepts requests with a token for the repository, and gives a token for the key, for one repository or for several as most token servers
 * do: a registry's authentication in its simplest form. {@code GcrFront} has all of Google's, at the price of several threads and copies for
 * a request.
 */
final class TokenDoor {
    /**
     * What becomes of a request: one of both is null.
     *
     * @param answer at once
     * @param forwarded the request's head for the registry
     * @param token whether it asked for a token
     */
    record Decision(byte[] answer, byte[] forwarded, boolean token) {}

    private static final Pattern SCOPE = Pattern.compile("[?&]scope=([^& ]*)");
    private static final Pattern REPOSITORY = Pattern.compile("repository:([^:]+):pull");
    private static final Pattern PATH = Pattern.compile("^/v2/(.+)/(?:manifests|tags|blobs)/");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("\r\nAuthorization: (\\S+) (\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HTTPS = Pattern.compile("\r\nX-Forwarded-Proto: https", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST = Pattern.compile("\r\nHost: *([^\r]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern OF_THE_LINE =
            Pattern.compile("\r\n(?:Authorization|Host|Connection|Accept-Encoding):[^\r]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: *([0-9]+)", Pattern.CASE_INSENSITIVE);

    private final JsonNode key;
    private final AtomicInteger issued = new AtomicInteger();
    private final Map<String, Boolean> logins = new HashMap<>();
    private final Map<String, Set<String>> repositories = new ConcurrentHashMap<>();

    TokenDoor(String key) throws IOException {
        this.key = new ObjectMapper().readTree(key);
    }

    Decision decide(String head, String host) {
        Matcher authorization = AUTHORIZATION.matcher(head);
        boolean signed = authorization.find();
        String target = head.substring(head.indexOf(' ') + 1, head.indexOf(' ', head.indexOf(' ') + 1));
        if (target.startsWith("/v2/token?")) {
            return new Decision(
                    signed && knows(authorization.group(2)) ? answerWithToken(target) : refused(head, host),
                    null,
                    true);
        }
        Set<String> open = signed ? repositories.getOrDefault(authorization.group(2), Set.of()) : Set.of();
        Matcher named = PATH.matcher(target);
        if (!named.find() || !open.contains(named.group(1))) {
            return new Decision(refused(head, host), null, false);
        }
        String forwarded = OF_THE_LINE.matcher(head).replaceAll("") + "Host: " + host + "\r\n\r\n";
        return new Decision(null, forwarded.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    private boolean knows(String login) {
        return logins.computeIfAbsent(login, text -> {
            String pair = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            try {
                return pair.startsWith("_json_key:")
                        && new ObjectMapper()
                                .readTree(pair.substring("_json_key:".length()))
                                .equals(key);
            } catch (IOException e) {
                return false;
            }
        });
    }

    private byte[] answerWithToken(String target) {
        Set<String> asked = new LinkedHashSet<>();
        SCOPE.matcher(target)
                .results()
                .map(scope -> URLDecoder.decode(scope.group(1), StandardCharsets.UTF_8))
                .flatMap(scopes -> REPOSITORY.matcher(scopes).results())
                .forEach(scope -> asked.add(scope.group(1)));
        return asked.isEmpty()
                ? answer("400 Bad Request", "", "{\"errors\":[]}", false)
                : answer("200 OK", "", "{\"token\":\"" + issue(asked) + "\",\"expires_in\":3600}", false);
    }

    /** A new token, about as long as those of registries, longer for more repositories. */
    String issue(Set<String> open) {
        String token = "token-" + issued.incrementAndGet() + "-" + "x".repeat(800 + 60 * (open.size() - 1));
        repositories.put(token, open);
        return token;
    }

    /** Names the token server as it is seen from outside: by the proxy in front, if there is one. */
    private static byte[] refused(String head, String ownHost) {
        Matcher named = HOST.matcher(head);
        String host = named.find() ? named.group(1).strip() : ownHost;
        String scheme = HTTPS.matcher(head).find() ? "https" : "http";
        return answer(
                "401 Unauthorized",
                "Www-Authenticate: Bearer realm=\"" + scheme + "://" + host + "/v2/token\",service=\"" + host
                        + "\"\r\n",
                "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"a token is wanted\"}]}",
                head.startsWith("HEAD "));
    }

    private static byte[] answer(String status, String header, String json, boolean toHead) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + header + "Content-Length: "
                        + json.length() + "\r\n\r\n" + (toHead ? "" : json))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The length of an answer, head and body; 0 while its head is not whole. */
    static int lengthOf(byte[] bytes, int count, boolean toHead) {
        String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        Matcher length = LENGTH.matcher(text.substring(0, end + 2));
        return end + 4 + (toHead || !length.find() ? 0 : Integer.parseInt(length.group(1)));
    }
}
