package io.jenkins.plugins.imageupdate.source.manifests;

import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads Kubernetes objects: its own kinds by where the API has their pods, every other kind by the {@link PodShapes} in it. A kind in
 * which none was found is named once.
 */
final class Kubernetes implements ManifestKind {
    /** Lists within lists: a file that names itself in one is endless, and aliases multiply. */
    private static final int MAX_DEPTH = 5;

    private static final int MAX_OBJECTS = 10_000;
    private static final int MAX_NAMED = 20;
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

    private final SourceFindings findings;
    private final PodShapes.Seen seen = new PodShapes.Seen();
    private final Set<String> notRead = new TreeSet<>();
    private int notReadLine;
    /** Of the OpenShift template that is being read; null outside of one. */
    private Map<String, String> parameters;

    private int objects;

    Kubernetes(SourceFindings findings) {
        this.findings = findings;
    }

    @Override
    public boolean read(Node document) throws SourceException {
        String kind = Nodes.text(Nodes.get(document, "kind"));
        if (kind == null || kind.isBlank()) {
            return false;
        }
        object(document, kind, 0);
        return true;
    }

    @Override
    public void end() {
        if (!notRead.isEmpty()) {
            List<String> named = notRead.stream().limit(MAX_NAMED).toList();
            String more = notRead.size() > MAX_NAMED ? " and " + (notRead.size() - MAX_NAMED) + " more" : "";
            findings.problem(
                    notReadLine, "no pod template was found in these kinds: " + String.join(", ", named) + more);
        }
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
        boolean own = ApiKinds.ownGroup(Nodes.text(Nodes.get(object, "apiVersion")));
        PodShapes shapes = new PodShapes(findings, kind + "/" + name(object), parameters, seen);
        Node objects = Nodes.get(object, "objects");
        if (own && POD_OF.containsKey(kind)) {
            shapes.pod(Nodes.get(object, POD_OF.get(kind)));
        } else if (kind.endsWith(LIST) && Nodes.get(object, "items") != null) {
            // In a PodList, what kind the items are may go without saying.
            String itemKind = kind.substring(0, kind.length() - LIST.length());
            objects(Nodes.get(object, "items"), itemKind, depth);
        } else if (objects instanceof SequenceNode) {
            template(object, objects, depth);
        } else if (!(own && ApiKinds.WITHOUT_IMAGES.contains(kind)) && !shapes.walk(object)) {
            notRead(object, kind);
        }
    }

    /** OpenShift's {@code Template}: objects with parameters in them. */
    private void template(Node template, Node objects, int depth) throws SourceException {
        Map<String, String> outer = parameters;
        parameters = new HashMap<>();
        for (Node parameter : Nodes.items(Nodes.get(template, "parameters"))) {
            String value = Nodes.text(Nodes.get(parameter, "value"));
            if (value != null) {
                parameters.put(Nodes.text(Nodes.get(parameter, "name")), value);
            }
        }
        objects(objects, "", depth);
        parameters = outer;
    }

    private void objects(Node list, String kindOfItems, int depth) throws SourceException {
        for (Node item : Nodes.items(list)) {
            String own = Nodes.text(Nodes.get(item, "kind"));
            object(item, own == null ? kindOfItems : own, depth + 1);
        }
    }

    private void notRead(Node object, String kind) {
        if (notRead.isEmpty()) {
            notReadLine = Nodes.line(object);
        }
        notRead.add(kind.isEmpty() ? "?" : Printable.of(kind));
    }

    private static String name(Node object) throws SourceException {
        Node metadata = Nodes.get(object, "metadata");
        String name = Nodes.text(Nodes.get(metadata, "name"));
        String prefix = Nodes.text(Nodes.get(metadata, "generateName"));
        return name != null ? name : prefix != null ? prefix + "…" : "?";
    }
}
