package io.jenkins.plugins.imageupdate.source.manifests;

import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads YAML that is known to describe a pod, as the Kubernetes plugin takes it: {@code kind} and {@code apiVersion} may be missing, since
 * the text is merged with the fields of a template.
 */
public final class PodYaml {
    private static final String WHERE = "pod";

    private PodYaml() {}

    /** Finds the images of the pod's containers and image volumes. What is wrong with the text is among the problems. */
    public static void read(String text, SourceFindings findings) {
        try {
            Documents documents = new Documents(text);
            PodShapes shapes = new PodShapes(findings, WHERE, null, new PodShapes.Seen());
            for (Node pod = documents.next(); pod != null; pod = documents.next()) {
                shapes.pod(Nodes.get(pod, "spec"));
            }
        } catch (SourceException e) {
            findings.problem(0, e);
        }
    }

    /** What names an image of a container, in findings: {@code pod container maven}. */
    public static String container(String name) {
        return WHERE + " container " + name;
    }
}
