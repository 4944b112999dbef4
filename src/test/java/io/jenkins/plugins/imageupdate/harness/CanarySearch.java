package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.plugins.credentials.SecretBytes;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.testing.GcrFront.IssuedToken;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for secrets where none may be, however they are written: in clear, escaped for JSON, XML, HTML or a URL, in base64, in
 * UTF-16, or encrypted by this Jenkins.
 */
public final class CanarySearch {
    /** Long enough to be in nothing by chance. */
    private static final int SHORTEST = 16;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]{" + SHORTEST + ",}");
    /** What all private keys begin with. */
    private static final Pattern COMMON = Pattern.compile("^(?:-----|MII)");

    private static final Pattern ENCRYPTED = Pattern.compile("\\{[A-Za-z0-9+/=]{24,}}");

    /** What is looked for, and what it is. */
    private final Map<String, String> needles = new LinkedHashMap<>();

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

    /**
     * Looks for this too. Of a text with other characters than letters and digits the runs of these are looked for, since the rest
     * is what escaping changes.
     */
    public CanarySearch secret(String name, String value) {
        for (String line :
                value.lines().filter(one -> !COMMON.matcher(one).find()).toList()) {
            PLAIN.matcher(line).results().forEach(run -> needles.put(run.group(), name));
            needles.put(line, name);
            needles.put(URLEncoder.encode(line, StandardCharsets.UTF_8), name);
            for (int before = 0; before < 3; before++) {
                base64("x".repeat(before) + line, before).forEach(form -> needles.put(form, name));
            }
        }
        if (needles.keySet().stream().anyMatch(needle -> needle.length() < SHORTEST)) {
            throw new IllegalArgumentException("too short to be searched for: " + name);
        }
        return this;
    }

    /** Without the first and last characters, which are made of what stands beside the secret as well. */
    private static List<String> base64(String text, int before) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = before == 0 ? 0 : 4;
        int to = bytes.length / 3 * 4;
        String whole = Base64.getEncoder().encodeToString(bytes).substring(from, to);
        return List.of(whole, whole.replace('+', '-').replace('/', '_'));
    }

    /** What of all that is in a text in any form but an encrypted one. */
    public List<String> in(String text) {
        TreeSet<String> found = new TreeSet<>();
        needles.forEach((needle, name) -> {
            if (text.contains(needle)) {
                found.add(name);
            }
        });
        return List.copyOf(found);
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
                List<String> here = new ArrayList<>(List.of(stores).contains(name) ? in(text) : inOrEncryptedIn(text));
                in(text.replace("\0", "")).stream()
                        .filter(one -> !here.contains(one))
                        .forEach(here::add);
                here.forEach(one -> found.add(name + ": " + one));
            }
        }
        return found;
    }
}
