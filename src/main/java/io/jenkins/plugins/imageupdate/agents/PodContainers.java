package io.jenkins.plugins.imageupdate.agents;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.job.BuildImagesAction;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.io.IOException;
import java.util.List;

/** What a pod tells of the images that its containers really run. */
final class PodContainers {
    /**
     * One container.
     *
     * @param image as the pod's specification names it
     * @param imageId as the pod's status has it; null if it has none
     */
    record Container(String image, @CheckForNull String imageId) {}

    private PodContainers() {}

    /**
     * Records with a build which digests it ran. Says so of an image that a step named and whose digest is not known.
     *
     * @param pod its name, for messages
     * @param problem why the containers are not known, as one sentence; null if they are
     */
    static void record(Run<?, ?> run, String pod, List<Container> containers, @CheckForNull String problem)
            throws IOException {
        BuildImagesAction.record(run, build -> {
            containers.forEach(container -> add(container, build));
            if (problem != null) {
                build.notTold().put(Messages.PodContainers_Pod(Printable.of(pod)), problem);
            }
        });
    }

    private static void add(Container container, BuildImagesAction.Uses build) {
        ImageReference image;
        try {
            image = ImageReference.parse(container.image());
        } catch (IllegalArgumentException e) {
            // The step that named it is recorded with this problem.
            return;
        }
        String name = image.toString();
        ContainerImageId id = ContainerImageId.of(image, container.imageId());
        if (id.digest() != null) {
            build.addDigest(name, id.digest());
        } else if (build.images().containsKey(name)) {
            build.notTold().put(name, id.problem());
        }
    }
}
