package io.jenkins.plugins.imageupdate.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import java.util.Locale;

/**
 * An image that was pushed, as an event names it. It is only a hint: nothing else of an event is used.
 *
 * @param host host and optional port of the registry, as in an {@link ImageReference}
 * @param repository path of the repository, normalised in the same way
 * @param tag null if the event names no tag, so that every tag of the repository may have changed
 */
public record PushedImage(
        String host, String repository, @CheckForNull String tag) {
    private static final String HTTPS_PORT = ":443";

    /**
     * Normalises what an event names.
     *
     * @param tag null or empty for none
     * @throws EventException if this is not the name of an image
     */
    public static PushedImage of(String host, String repository, @CheckForNull String tag) throws EventException {
        String lower = host.toLowerCase(Locale.ROOT);
        String written = lower.endsWith(HTTPS_PORT) ? lower.substring(0, lower.length() - HTTPS_PORT.length()) : lower;
        if (written.isEmpty()) {
            throw new EventException("it names no registry: enter the registry on the source");
        }
        boolean tagged = tag != null && !tag.isEmpty();
        try {
            ImageReference image = ImageReference.parse(written + "/" + repository + (tagged ? ":" + tag : ""));
            boolean dockerHub = written.equals("docker.io") || written.equals("index.docker.io");
            if (image.digest() == null && (dockerHub || image.host().equals(written))) {
                return new PushedImage(image.host(), image.repository(), tagged ? image.tag() : null);
            }
        } catch (IllegalArgumentException e) {
            // The message would repeat what was sent.
        }
        throw new EventException("what it names is not an image of a registry");
    }

    /** {@code host/repository}. */
    public String name() {
        return host + "/" + repository;
    }
}
