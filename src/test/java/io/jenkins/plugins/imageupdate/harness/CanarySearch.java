package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.plugins.credentials.SecretBytes;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.testing.GcrFront.IssuedToken;
import io.jenkins.plugins.imageupdate.testing.SecretSearch;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@link SecretSearch}, also in what this Jenkins has encrypted, and in the files under a directory. */
public final class CanarySearch {
    private static final Pattern ENCRYPTED = Pattern.compile("\\{[A-Za-z0-9+/=]{24,}}");

    private final SecretSearch search = new SecretSearch();

    /** The fixture's key and every token that was issued until now. */
    public static CanarySearch of(RegistryFixture registry) {
        CanarySearch search = new CanarySearch()
                .secret("key id", registry.canary)
                .secret("private key", ServiceAccountKeys.privateKey());
        for (IssuedToken token : registry.front.tokensIssued()) {
            search.secret("token", token.value());
        }
        return search;
    }

    /** Looks for this too. */
    public CanarySearch secret(String name, String value) {
        search.add(name, value);
        return this;
    }

    /** What of all that is in a text in any form but an encrypted one. */
    public List<String> in(String text) {
        return search.in(text);
    }

    /** As {@link #in}, and in the parts of the text that this Jenkins has encrypted. */
    public List<String> inOrEncryptedIn(String text) {
        List<String> found = new ArrayList<>(in(text));
        Matcher blobs = ENCRYPTED.matcher(text);
        while (blobs.find()) {
            for (String decrypted : decrypted(blobs.group())) {
                in(decrypted).forEach(name -> found.add(name + ", encrypted"));
            }
        }
        return found;
    }

    private static List<String> decrypted(String blob) {
        List<String> texts = new ArrayList<>();
        Secret secret = Secret.decrypt(blob);
        if (secret != null) {
            texts.add(secret.getPlainText());
        }
        texts.add(new String(SecretBytes.fromString(blob).getPlainData(), StandardCharsets.UTF_8));
        return texts;
    }

    /**
     * In which files under a directory, by their path in it, something is.
     *
     * @param stores paths below it where Jenkins may keep secrets, encrypted only
     */
    public List<String> under(Path directory, String... stores) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                List<String> here = List.of(stores).contains(name) ? in(text) : inOrEncryptedIn(text);
                here.forEach(one -> found.add(name + ": " + one));
            }
        }
        return found;
    }
}
