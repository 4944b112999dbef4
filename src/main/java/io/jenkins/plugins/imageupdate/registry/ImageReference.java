package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in a registry, with the grammar and the normalisation of {@code distribution/reference}:
 * {@code nginx} is {@code docker.io/library/nginx:latest}. Beyond it, the host is put in lower case, since host names have none
 * (RFC 4343), so that one image has one name; and what no request can be sent to is refused: a host or port that no URI can have, a
 * digest without a name.
 *
 * @param host registry host and optional port, {@code docker.io} if none was written
 * @param repository path of the repository on that host, without a leading slash
 * @param tag the tag; {@code latest} when neither tag nor digest was written; null with a digest alone
 * @param digest the digest behind {@code @}, or null; a tag and a digest together are a pinned reference
 */
public record ImageReference(
        String host,
        String repository,
        @CheckForNull String tag,
        @CheckForNull Digest digest) {
    private static final String DEFAULT_HOST = "docker.io";
    private static final String DEFAULT_TAG = "latest";
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_REPOSITORY_LENGTH = 255;

    private static final String LABEL = "[a-zA-Z0-9]++(?:-++[a-zA-Z0-9]++)*+";
    private static final Pattern HOST =
            Pattern.compile("(?:" + LABEL + "(?:\\." + LABEL + ")*+|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?");
    private static final Pattern REPOSITORY = Pattern.compile(
            "[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+)*+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern IDENTIFIER =
            Pattern.compile("(?:sha256:)?[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}");
    private static final int MAX_PORT = 65_535;
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
            throw invalid(trimmed, "an image ID or a digest alone names no repository that could be asked for it");
        }
        Matcher parts = PARTS.matcher(trimmed);
        if (!parts.matches()) {
            throw invalid(trimmed, "it does not have the form host/repository:tag@digest");
        }
        String name = parts.group(1);
        String host = hostOf(name);
        String repository = host.isEmpty() ? name : name.substring(host.length() + 1);
        checkHost(trimmed, host);
        host = normalHost(host);
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

    /** What a manifest is asked for by: the tag if there is one, otherwise the digest. */
    public String selector() {
        return tag != null ? tag : String.valueOf(digest);
    }

    /** Whether a tag and the digest it is expected to have are both named. */
    public boolean pinned() {
        return tag != null && digest != null;
    }

    /** Another tag of the same repository, not pinned. */
    public ImageReference withTag(String other) {
        return new ImageReference(host, repository, other, null);
    }

    /** The same with another digest, to which its tag is pinned if it has one. */
    public ImageReference withDigest(Digest other) {
        return new ImageReference(host, repository, tag, other);
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

    private static String normalHost(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || lower.equals(DEFAULT_HOST) || lower.equals("index.docker.io")) {
            return DEFAULT_HOST;
        }
        // Capitals may be all that tells a host from a path on Docker Hub; without them toString would name another
        // image.
        return hostOf(lower + "/").isEmpty() ? host : lower;
    }

    private static void checkHost(String text, String host) {
        if (!host.isEmpty() && !(HOST.matcher(host).matches() && addressable(host))) {
            throw invalid(
                    text,
                    "\"" + Printable.of(host) + "\" is not a host name or IP address, with a port of 1 to " + MAX_PORT
                            + " or none");
        }
    }

    /** The grammar takes {@code [:::]}, {@code 1.2.3.400} and port 99999; no request can be made to them. */
    private static boolean addressable(String host) {
        try {
            URI uri = new URI("https://" + host);
            return uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
        } catch (URISyntaxException e) {
            return false;
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
                    "a repository's name is made of lower-case letters and digits, with one \".\", \"_\" or \"__\" or"
                            + " any number of \"-\" between them, and \"/\" between its parts");
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
        return new IllegalArgumentException("\"" + Printable.of(text) + "\" is not an image reference: " + reason
                + ". A valid one is gcr.io/project/app:stable");
    }
}
