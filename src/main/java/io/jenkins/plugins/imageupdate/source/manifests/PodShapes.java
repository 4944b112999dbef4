package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Finds what is of a pod's shape in an object, wherever it stands: lists of containers or steps, single containers, image volumes, and
 * values for a Helm chart. A node is looked at once, however many aliases lead to it.
 */
final class PodShapes {
    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");
    /** As Argo Workflows, Tekton, Drone and others name their lists of containers. */
    private static final Set<String> MORE_CONTAINERS = Set.of("sidecars", "steps", "services", "sidecarContainers");

    private static final Set<String> SINGLE = Set.of("container", "script", "stepTemplate", "sidecar");
    private static final Set<String> WITHOUT_IMAGES = Set.of("metadata", "status");
    private static final String DOCKER_IMAGE = "DockerImage";

    private static final int MAX_CONTAINERS = 100_000;

    /** What has been looked at in a file. */
    static final class Seen {
        private final Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
        private int containers;
    }

    private final SourceFindings findings;
    private final String where;
    private final Map<String, String> parameters;
    private final Seen seen;
    private final Helm values;
    private boolean any;
    private boolean elsewhere;

    /**
     * @param parameters what is put in for <code>${NAME}</code>; null where nothing is
     * @param seen what has been looked at before
     */
    PodShapes(SourceFindings findings, String where, @CheckForNull Map<String, String> parameters, Seen seen) {
        this.findings = findings;
        this.where = where;
        this.parameters = parameters;
        this.seen = seen;
        values = new Helm(findings);
    }

    /** A pod's specification, in a kind that has one. */
    void pod(@CheckForNull Node spec) throws SourceException {
        for (String list : CONTAINERS) {
            Node containers = Nodes.get(spec, list);
            if (containers != null && !(containers instanceof SequenceNode)) {
                findings.problem(Nodes.line(containers), Printable.of(where) + ": " + list + " is not a list");
            }
            containers(list, containers);
        }
        volumes(Nodes.get(spec, "volumes"));
    }

    /**
     * Looks through an object of a kind that is not known.
     *
     * @return whether there is anything of a pod's shape, or something has been said about the object
     */
    boolean walk(Node object) throws SourceException {
        for (NodeTuple entry : Nodes.entries(object)) {
            String key = Nodes.text(entry.getKeyNode());
            if (key == null || !WITHOUT_IMAGES.contains(key)) {
                entry(key, entry.getValueNode());
            }
        }
        return any || elsewhere;
    }

    private void visit(Node node) throws SourceException {
        if (findings.full() || node instanceof ScalarNode || !seen.nodes.add(node)) {
            return;
        }
        for (Node item : Nodes.items(node)) {
            visit(item);
        }
        if (DOCKER_IMAGE.equals(Nodes.text(Nodes.get(node, "kind")))) {
            image(Nodes.get(node, "name"), where);
        }
        for (NodeTuple entry : Nodes.entries(node)) {
            entry(Nodes.text(entry.getKeyNode()), entry.getValueNode());
        }
    }

    private void entry(@CheckForNull String key, Node value) throws SourceException {
        boolean known = key != null && known(key, value);
        if (key != null && !known && value instanceof ScalarNode && key.equals("image")) {
            elsewhere(value);
        }
        visit(value);
    }

    private boolean known(String key, Node value) throws SourceException {
        if (CONTAINERS.contains(key) || MORE_CONTAINERS.contains(key)) {
            return containers(key, value);
        }
        if (SINGLE.contains(key) && Nodes.get(value, "image") instanceof ScalarNode) {
            seen.nodes.add(value);
            image(Nodes.get(value, "image"), where + " " + key);
            return true;
        }
        if (key.equals("volumes")) {
            volumes(value);
            return true;
        }
        boolean chart = values.image(key, value, where + " " + key);
        any |= chart;
        return chart;
    }

    private boolean containers(String list, @CheckForNull Node containers) throws SourceException {
        for (Node container : Nodes.items(containers)) {
            if (++seen.containers > MAX_CONTAINERS) {
                throw new SourceException(
                        Nodes.line(container), "more than " + MAX_CONTAINERS + " containers are in this file");
            }
            seen.nodes.add(container);
            image(Nodes.get(container, "image"), where + " " + container(list, container));
        }
        return containers instanceof SequenceNode;
    }

    private void volumes(@CheckForNull Node volumes) throws SourceException {
        for (Node volume : Nodes.items(volumes)) {
            Node reference = Nodes.get(volume, List.of("image", "reference"));
            image(reference, where + " volume " + Nodes.text(Nodes.get(volume, "name")));
        }
    }

    private static String container(String list, Node container) throws SourceException {
        String name = Nodes.text(Nodes.get(container, "name"));
        return list.substring(0, list.length() - 1) + " " + (name == null ? "?" : name);
    }

    /** It may be left out, for others to put in. */
    private void image(@CheckForNull Node image, String place) {
        if (image == null) {
            return;
        }
        any = true;
        try {
            String reference = Nodes.textOrNothing(image, "image");
            if (reference != null && parameters != null) {
                reference =
                        Substitution.braced(reference, parameters::get, "a value in the parameters of the template");
            }
            if (reference != null && !reference.isBlank()) {
                findings.use(Nodes.line(image), place, reference, null);
            }
        } catch (SourceException e) {
            findings.problem(0, e.at(Nodes.line(image), Printable.of(place) + ": "));
        }
    }

    /** A field of this name may be an image or something else; to guess could watch what does not exist. */
    private void elsewhere(Node image) {
        if (!elsewhere && !String.valueOf(Nodes.text(image)).isBlank()) {
            findings.problem(
                    Nodes.line(image),
                    Printable.of(where) + ": image " + Printable.of(Nodes.text(image))
                            + " is not in a pod and is not read: if it is an image, name it by \"images\"");
            elsewhere = true;
        }
    }
}
