package io.jenkins.plugins.imageupdate.source.manifests;

import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads {@code images} of a Kustomization (<a href="https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/">
 * reference</a>): the name and tag that an image of the resources is replaced by.
 */
final class Kustomize implements ManifestKind {
    private static final Set<String> KINDS = Set.of("Kustomization", "Component");
    private static final String GROUP = "kustomize.config.k8s.io/";
    private static final List<String> LISTS =
            List.of("resources", "bases", "components", "patchesStrategicMerge", "patchesJson6902", "generators");
    private static final List<String> REPLACEMENTS = List.of("newName", "newTag", "digest");

    private final SourceFindings findings;

    Kustomize(SourceFindings findings) {
        this.findings = findings;
    }

    @Override
    public boolean read(Node document) throws SourceException {
        if (!isKustomization(document)) {
            return false;
        }
        for (Node image : Nodes.items(Nodes.get(document, "images"))) {
            String where = "images " + Nodes.text(Nodes.get(image, "name"));
            try {
                image(image, where);
            } catch (SourceException e) {
                findings.problem(0, e.at(Nodes.line(image), Printable.of(where) + ": "));
            }
        }
        return true;
    }

    private static boolean isKustomization(Node document) throws SourceException {
        String kind = Nodes.text(Nodes.get(document, "kind"));
        String apiVersion = Nodes.text(Nodes.get(document, "apiVersion"));
        if (kind != null) {
            return KINDS.contains(kind) && (apiVersion == null || apiVersion.startsWith(GROUP));
        }
        for (String list : LISTS) {
            if (Nodes.get(document, list) instanceof SequenceNode) {
                return true;
            }
        }
        for (Node image : Nodes.items(Nodes.get(document, "images"))) {
            for (String replacement : REPLACEMENTS) {
                if (Nodes.get(image, "name") != null && Nodes.get(image, replacement) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private void image(Node image, String where) throws SourceException {
        String name = Nodes.textOrNothing(Nodes.get(image, "name"), "name");
        String newName = Nodes.textOrNothing(Nodes.get(image, "newName"), "newName");
        String tag = Nodes.textOrNothing(Nodes.get(image, "newTag"), "newTag");
        String digest = Nodes.textOrNothing(Nodes.get(image, "digest"), "digest");
        String result = newName == null || newName.isBlank() ? name : newName;
        if (result == null || result.isBlank()) {
            throw new SourceException("the name of the image is missing");
        }
        boolean tagged = tag != null && !tag.isBlank();
        boolean pinned = digest != null && !digest.isBlank();
        if (tagged || pinned) {
            String reference = result + (tagged ? ":" + tag : "") + (pinned ? "@" + digest : "");
            findings.use(Nodes.line(image), where, reference, null);
        } else if (newName != null) {
            throw new SourceException(
                    "the tag is that of the resources, which are not followed: name what kubectl kustomize makes of it");
        }
    }
}
