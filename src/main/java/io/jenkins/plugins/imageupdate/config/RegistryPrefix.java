package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Printable;

/** Reads what an administrator writes for a registry: a host with an optional port, optionally with the first segments of a path. */
public final class RegistryPrefix {
    private RegistryPrefix() {}

    /**
     * Normalises a prefix in the same way as image references, to be compared with them.
     *
     * @throws IllegalArgumentException if it is not a prefix; the message says why
     */
    static String normalised(@CheckForNull String prefix) {
        String text = Util.fixNull(prefix).strip();
        if (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException(Messages.ConfiguredRegistry_Empty());
        }
        String host = text.split("/", 2)[0];
        // With two segments behind the host, Docker Hub's names do not get "library/".
        String below = text.equals(host) ? "/x/x" : "/x";
        ImageReference probe;
        try {
            probe = ImageReference.parse(text + below);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Messages.ConfiguredRegistry_Invalid(Printable.of(text), e.getMessage()));
        }
        boolean dockerHub = host.equalsIgnoreCase("docker.io") || host.equalsIgnoreCase("index.docker.io");
        if (probe.host().equals("docker.io") && !dockerHub) {
            throw new IllegalArgumentException(Messages.ConfiguredRegistry_NoHost(Printable.of(text)));
        }
        return probe.name().substring(0, probe.name().length() - below.length());
    }

    /**
     * Normalises a host. Returns null if none is written.
     *
     * @throws IllegalArgumentException if it is not a host; the message says why
     */
    @CheckForNull
    public static String host(@CheckForNull String written) {
        String text = Util.fixEmptyAndTrim(written);
        if (text == null) {
            return null;
        }
        String host = normalised(text);
        if (host.contains("/")) {
            throw new IllegalArgumentException(Messages.ConfiguredRegistry_MirrorPath(Printable.of(text)));
        }
        return host;
    }
}
