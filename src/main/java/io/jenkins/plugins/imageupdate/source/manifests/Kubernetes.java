package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the pods of Kubernetes objects. */
final class Kubernetes {
    /** Lists within lists: a file that names itself in one is endless, and aliases multiply. */
    private static final int MAX_DEPTH = 5;

    private static final int MAX_OBJECTS = 10_000;
    private static final String LIST = "List";

    private static final List<String> TEMPLATE = List.of("spec", "template", "spec");
    private static final Map<String, List<String>> POD_OF = Map.of(
            "Pod", List.of("spec"),
            "PodTemplate", List.of("template", "spec"),
            "Deployment", TEMPLATE,
            "StatefulSet", TEMPLATE,
            "DaemonSet", TEMPLATE,
            "ReplicaSet", TEMPLATE,
            "ReplicationController", TEMPLATE,
            "Job", TEMPLATE,
            "CronJob", List.of("spec", "jobTemplate", "spec", "template", "spec"));

    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

    private final SourceFindings findings;
    private int objects;

    Kubernetes(SourceFindings findings) {
        this.findings = findings;
    }

    /** Whether this is such a document. */
    boolean read(Node document) throws SourceException {
        String kind = Nodes.text(Nodes.get(document, "kind"));
        if (kind == null) {
            return false;
        }
        object(document, kind, 0);
        return true;
    }

    private void object(Node object, String kind, int depth) throws SourceException {
        if (depth > MAX_DEPTH) {
            throw new SourceException(Nodes.line(object), "lists hold each other without end");
        }
        if (++objects > MAX_OBJECTS) {
            throw new SourceException(Nodes.line(object), "more than " + MAX_OBJECTS + " objects are in this file");
        }
        if (findings.full()) {
            return;
        }
        if (POD_OF.containsKey(kind)) {
            pod(Nodes.get(object, POD_OF.get(kind)), kind + "/" + name(object));
        } else if (kind.endsWith(LIST)) {
            // In a PodList, what kind the items are may go without saying.
            String itemKind = kind.substring(0, kind.length() - LIST.length());
            for (Node item : Nodes.items(Nodes.get(object, "items"))) {
                String own = Nodes.text(Nodes.get(item, "kind"));
                object(item, own == null ? itemKind : own, depth + 1);
            }
        }
    }

    private static String name(Node object) throws SourceException {
        Node metadata = Nodes.get(object, "metadata");
        String name = Nodes.text(Nodes.get(metadata, "name"));
        String prefix = Nodes.text(Nodes.get(metadata, "generateName"));
        return name != null ? name : prefix != null ? prefix + "…" : "?";
    }

    private void pod(@CheckForNull Node spec, String where) throws SourceException {
        for (String list : CONTAINERS) {
            Node containers = Nodes.get(spec, list);
            if (containers != null && !(containers instanceof SequenceNode)) {
                findings.problem(Nodes.line(containers), Printable.of(where) + ": " + list + " is no list");
            }
            for (Node container : Nodes.items(containers)) {
                image(Nodes.get(container, "image"), where + " " + container(list, container));
            }
        }
        for (Node volume : Nodes.items(Nodes.get(spec, "volumes"))) {
            Node reference = Nodes.get(volume, List.of("image", "reference"));
            image(reference, where + " volume " + Nodes.text(Nodes.get(volume, "name")));
        }
    }

    private static String container(String list, Node container) throws SourceException {
        String name = Nodes.text(Nodes.get(container, "name"));
        return list.substring(0, list.length() - 1) + " " + (name == null ? "?" : name);
    }

    /** It may be left out, for others to put in. */
    private void image(@CheckForNull Node image, String where) {
        if (image == null) {
            return;
        }
        try {
            String reference = Nodes.textOrNothing(image, "image");
            if (reference != null && !reference.isBlank()) {
                findings.use(Nodes.line(image), where, reference, null);
            }
        } catch (SourceException e) {
            findings.problem(0, e.at(0, Printable.of(where) + ": "));
        }
    }
}
