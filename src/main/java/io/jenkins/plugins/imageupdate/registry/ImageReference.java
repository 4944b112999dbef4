package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in a registry, with the grammar and the normalisation of {@code distribution/reference}:
 * {@code nginx} is {@code docker.io/library/nginx:latest}. Beyond it, the host is put in lower case, since host names have none
 * (RFC 4343), so that one image has one name.
 *
 * @param host registry host and optional port, {@code docker.io} when none was written
 * @param repository path of the repository on that host, without a leading slash
 * @param tag the tag; {@code latest} when neither tag nor digest was written; null with a digest alone
 * @param digest the digest behind {@code @}, or null; a tag and a digest together are a pinned reference
 */
public record ImageReference(
        String host, String repository, @CheckForNull String tag, @CheckForNull Digest digest) {
    private static final String DEFAULT_HOST = "docker.io";
    private static final String DEFAULT_TAG = "latest";
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_REPOSITORY_LENGTH = 255;

    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final Pattern HOST =
            Pattern.compile("(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?");
    private static final Pattern REPOSITORY = Pattern.compile(
            "[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+)*+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");
    private static final Pattern PARTS = Pattern.compile("([^@]*?)(?::([^:/@]*))?(?:@(.*))?", Pattern.DOTALL);

    public ImageReference {
        Objects.requireNonNull(host);
        Objects.requireNonNull(repository);
        if (tag == null && digest == null) {
            throw new IllegalArgumentException("an image reference needs a tag or a digest");
        }
    }

    /** Reads a reference as Docker does; an {@link IllegalArgumentException} names the text, the fault and the way out. */
    public static ImageReference parse(String text) {
        String trimmed = text == null ? "" : text.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("no image is named: write one such as gcr.io/project/app:stable");
        }
        if (trimmed.length() > MAX_LENGTH) {
            throw invalid(trimmed, "it is longer than " + MAX_LENGTH + " characters");
        }
        if (trimmed.contains("://")) {
            throw invalid(trimmed, "a reference has no scheme; leave out everything up to \"://\"");
        }
        if (IDENTIFIER.matcher(trimmed).matches()) {
            throw invalid(trimmed, "64 hexadecimal digits are an image ID, which no registry can be asked for");
        }
        Matcher parts = PARTS.matcher(trimmed);
        if (!parts.matches()) {
            throw invalid(trimmed, "it has not the form host/repository:tag@digest");
        }
        String name = parts.group(1);
        String host = hostOf(name);
        String repository = host.isEmpty() ? name : name.substring(host.length() + 1);
        checkHost(trimmed, host);
        host = host.isEmpty() || host.equalsIgnoreCase("index.docker.io")
                ? DEFAULT_HOST
                : host.toLowerCase(Locale.ROOT);
        checkRepository(trimmed, repository);
        if (host.equals(DEFAULT_HOST) && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        if (repository.length() > MAX_REPOSITORY_LENGTH) {
            throw invalid(trimmed, "its repository is longer than " + MAX_REPOSITORY_LENGTH + " characters");
        }
        Digest digest = digestOf(trimmed, parts.group(3));
        return new ImageReference(host, repository, tagOf(trimmed, parts.group(2), digest), digest);
    }

    /** What a manifest is asked for by: the tag where there is one, else the digest. */
    public String selector() {
        return tag != null ? tag : String.valueOf(digest);
    }

    /** Whether a tag and the digest it is expected to have are both named. */
    public boolean pinned() {
        return tag != null && digest != null;
    }

    /** {@code host/repository}, without tag and digest. */
    public String name() {
        return host + "/" + repository;
    }

    @Override
    public String toString() {
        return name() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    /** As {@code splitDockerDomain}: the first part is a host if it looks like one, is localhost, or has capitals. */
    private static String hostOf(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean host = first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        return host ? first : "";
    }

    private static void checkHost(String text, String host) {
        if (!host.isEmpty() && !HOST.matcher(host).matches()) {
            throw invalid(text, "\"" + Printable.of(host) + "\" is not a host name");
        }
    }

    private static void checkRepository(String text, String repository) {
        if (repository.isEmpty()) {
            throw invalid(text, "it names no repository");
        }
        if (!repository.equals(repository.toLowerCase(Locale.ROOT))) {
            throw invalid(text, "a repository's name has lower-case letters only");
        }
        if (!REPOSITORY.matcher(repository).matches()) {
            throw invalid(
                    text,
                    "a repository's name is made of lower-case letters and digits, with single \".\", \"_\", \"__\" or \"-\""
                            + " between them and \"/\" between its parts");
        }
    }

    @CheckForNull
    private static Digest digestOf(String text, @CheckForNull String digest) {
        try {
            return digest == null ? null : Digest.parse(digest);
        } catch (IllegalArgumentException e) {
            throw invalid(text, e.getMessage());
        }
    }

    @CheckForNull
    private static String tagOf(String text, @CheckForNull String tag, @CheckForNull Digest digest) {
        if (tag == null) {
            return digest == null ? DEFAULT_TAG : null;
        }
        if (!TAG.matcher(tag).matches()) {
            throw invalid(
                    text,
                    "a tag has 1 to 128 letters, digits, \"_\", \".\" or \"-\" and starts with none of the last two");
        }
        return tag;
    }

    private static IllegalArgumentException invalid(String text, String reason) {
        return new IllegalArgumentException(
                "\"" + Printable.of(text) + "\" is not an image reference: " + reason
                        + ". A valid one is gcr.io/project/app:stable");
    }
}
