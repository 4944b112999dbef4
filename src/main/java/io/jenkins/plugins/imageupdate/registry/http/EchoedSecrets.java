package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Keeps a server from putting a credential into our messages by repeating what it was sent. */
final class EchoedSecrets {
    private static final int SHORTEST = 4;

    private EchoedSecrets() {}

    /**
     * Whether a server's words hold the secret of a request, or any piece of a private key: a message is cut, so a secret in it might
     * not be whole.
     *
     * @param authorization the header's value, null if none was sent
     */
    static boolean repeated(@CheckForNull String authorization, String words) {
        if (words.contains("PRIVATE KEY") || words.contains("private_key")) {
            return true;
        }
        if (authorization == null) {
            return false;
        }
        String[] parts = authorization.split(" ", 2);
        String sent = parts[parts.length - 1];
        return contains(words, sent) || parts[0].equalsIgnoreCase("Basic") && contains(words, password(sent));
    }

    private static boolean contains(String words, String secret) {
        return secret.length() >= SHORTEST && words.contains(secret);
    }

    private static String password(String basic) {
        try {
            String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
