package io.jenkins.plugins.imageupdate.agents;

import hudson.Extension;
import hudson.model.Executor;
import hudson.model.ExecutorListener;
import hudson.model.Queue;
import hudson.model.Run;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.ImageTrigger;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesComputer;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesSlave;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthException;

/**
 * Asks for the digests that the containers of a pod really run, when a block of a Pipeline starts on the pod: all containers are ready then. One
 * request to the Kubernetes API, in the background, and only for jobs that watch the images of their builds. Needs the Kubernetes plugin. What
 * fails is recorded and logged, so it neither fails nor delays a build.
 */
@Extension(optional = true)
public final class PodExecutorListener implements ExecutorListener {
    private static final Logger LOGGER = Logger.getLogger(PodExecutorListener.class.getName());

    @Override
    public void taskStarted(Executor executor, Queue.Task task) {
        try {
            if (executor.getOwner() instanceof KubernetesComputer computer
                    && task.getOwnerExecutable() instanceof Run<?, ?> run
                    && watchesBuildImages(run)) {
                Background.get().ask(() -> record(computer, run));
            }
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.FINE, e, () -> "the images of " + executor.getOwner() + " are not known");
        }
    }

    private static boolean watchesBuildImages(Run<?, ?> run) {
        ImageTrigger trigger = ImageTrigger.of(run.getParent());
        return trigger != null && trigger.isWatchBuildImages();
    }

    private static void record(KubernetesComputer computer, Run<?, ?> run) {
        String name = computer.getName();
        List<PodContainers.Container> containers = List.of();
        String problem = null;
        try {
            KubernetesSlave agent = computer.getNode();
            Pod pod = agent == null ? null : pod(agent);
            if (pod == null) {
                problem = Messages.PodExecutorListener_Gone();
            } else {
                containers = containers(pod);
            }
        } catch (KubernetesAuthException | IOException | RuntimeException | Error e) {
            LOGGER.log(Level.FINE, e, () -> "the images of " + name + " are not known");
            // Without what was thrown, which may contain a secret.
            problem = RegistryException.thrown("the Kubernetes API", e).detail();
        }
        try {
            PodContainers.record(run, name, containers, problem);
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(Level.FINE, e, () -> "the images of " + name + " are not recorded");
        }
    }

    /** Public, so that Jenkins meets the type when it loads this class, and leaves the class out if the type is missing. */
    public static Pod pod(KubernetesSlave agent) throws KubernetesAuthException, IOException {
        return agent.getKubernetesCloud()
                .getPodResource(agent.getNamespace(), agent.getPodName())
                .get();
    }

    private static List<PodContainers.Container> containers(Pod pod) {
        Map<String, String> ids = new HashMap<>();
        if (pod.getStatus() != null) {
            Stream.of(
                            pod.getStatus().getInitContainerStatuses(),
                            pod.getStatus().getContainerStatuses())
                    .flatMap(List::stream)
                    .forEach(status -> ids.put(status.getName(), status.getImageID()));
        }
        return Stream.of(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())
                .flatMap(List::stream)
                .filter(container -> container.getImage() != null)
                .map(container -> new PodContainers.Container(container.getImage(), ids.get(container.getName())))
                .toList();
    }
}
