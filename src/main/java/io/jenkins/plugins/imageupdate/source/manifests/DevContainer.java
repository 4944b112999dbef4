package io.jenkins.plugins.imageupdate.source.manifests;

import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads {@code devcontainer.json} (<a href="https://containers.dev/implementors/json_reference/">reference</a>): the image, and the
 * features, which come from registries as images do. A Dockerfile or Compose file that it names is not followed.
 */
final class DevContainer implements ManifestKind {
    private static final List<List<String>> OTHER_FILES =
            List.of(List.of("dockerComposeFile"), List.of("dockerFile"), List.of("build", "dockerfile"));
    private static final Pattern OF_REGISTRY =
            Pattern.compile("[A-Za-z0-9-]++[.:][A-Za-z0-9.:-]*+/[^:]++(?:$|:[^/]++)");

    private final SourceFindings findings;
    private final Documents documents;

    /** @param documents tells whether a document is JSON: no other can be of this kind */
    DevContainer(SourceFindings findings, Documents documents) {
        this.findings = findings;
        this.documents = documents;
    }

    @Override
    public boolean read(Node document) throws SourceException {
        Node image = Nodes.get(document, "image");
        Node features = Nodes.get(document, "features");
        boolean known = image instanceof ScalarNode || features instanceof MappingNode;
        for (List<String> path : OTHER_FILES) {
            known |= Nodes.get(document, path) != null;
        }
        if (!known || !documents.isJson()) {
            return false;
        }
        if (image instanceof ScalarNode) {
            use(image, "image");
        }
        for (NodeTuple feature : Nodes.entries(features)) {
            String name = Nodes.text(feature.getKeyNode());
            if (name != null && OF_REGISTRY.matcher(name).matches()) {
                use(feature.getKeyNode(), "feature");
            }
        }
        for (List<String> path : OTHER_FILES) {
            Node other = Nodes.get(document, path);
            if (other != null) {
                String name = String.join(".", path);
                String parameter = name.contains("Compose") ? "\"manifests\"" : "\"dockerfile\"";
                findings.problem(Nodes.line(other), name + " is not followed: name the file in " + parameter + " too");
            }
        }
        return true;
    }

    private void use(Node node, String where) {
        String written = String.valueOf(Nodes.text(node));
        if (written.contains("${")) {
            findings.problem(
                    Nodes.line(node),
                    where + ": " + Printable.of(written) + " is computed when the container starts: name the image by"
                            + " \"images\"");
        } else if (!written.isBlank()) {
            findings.use(Nodes.line(node), where, written, null);
        }
    }
}
