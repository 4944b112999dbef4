package io.jenkins.plugins.imageupdate.agents;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The {@code imageID} of a container in the status of a pod (Kubernetes API, ContainerStatus), as the runtime of the node writes it. Only a digest
 * with a repository is that of a registry, since an id alone is the digest of the image's configuration on this node.
 *
 * @param digest what the node pulled the image by; null if the id does not tell
 * @param problem why it does not tell; null if it does
 */
record ContainerImageId(
        @CheckForNull Digest digest, @CheckForNull String problem) {
    /** What cri-dockerd writes in front: {@code docker-pullable://} and {@code docker://}. Other runtimes write nothing. */
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]{0,30}://");

    /** An id of the node alone: containerd and Docker with the algorithm, CRI-O also without. */
    private static final Pattern LOCAL = Pattern.compile("(?:sha256:)?[0-9a-f]{64}");

    /**
     * Reads an id.
     *
     * @param image the image as the pod names it
     * @param id null or empty as long as the container has not started
     */
    static ContainerImageId of(ImageReference image, @CheckForNull String id) {
        String text = SCHEME.matcher(Objects.requireNonNullElse(id, "").strip()).replaceFirst("");
        if (text.isEmpty()) {
            return new ContainerImageId(null, Messages.ContainerImageId_Empty());
        }
        if (LOCAL.matcher(text).matches()) {
            return new ContainerImageId(null, Messages.ContainerImageId_Local());
        }
        ImageReference pulled;
        try {
            pulled = ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            return new ContainerImageId(null, Messages.ContainerImageId_Unreadable(Printable.of(text)));
        }
        if (pulled.digest() == null) {
            return new ContainerImageId(null, Messages.ContainerImageId_NoDigest(pulled));
        }
        // The same image may have another digest in another repository.
        return pulled.name().equals(image.name())
                ? new ContainerImageId(pulled.digest(), null)
                : new ContainerImageId(null, Messages.ContainerImageId_OtherRepository(pulled.name()));
    }
}
