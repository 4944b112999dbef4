package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** Reads the services of a Compose file. */
final class Compose {
    private final SourceFindings findings;
    private final Map<String, String> variables;

    Compose(SourceFindings findings, Map<String, String> variables) {
        this.findings = findings;
        this.variables = variables;
    }

    /** Whether this is such a document. */
    boolean read(Node document) throws SourceException {
        Node services = Nodes.get(document, "services");
        if (services == null || Nodes.get(document, "kind") != null) {
            return false;
        }
        for (NodeTuple service : Nodes.entries(services)) {
            if (findings.full()) {
                return true;
            }
            String where = Printable.of("services." + Nodes.text(service.getKeyNode()));
            try {
                service(where, service.getValueNode());
            } catch (SourceException e) {
                findings.problem(0, e.at(Nodes.line(service.getKeyNode()), where + ": "));
            }
        }
        return true;
    }

    private void service(String where, Node service) throws SourceException {
        Node image = Nodes.get(service, "image");
        if (image == null || Nodes.get(service, "build") != null) {
            return;
        }
        String reference = interpolated(image, "image");
        String platform = interpolated(Nodes.get(service, "platform"), "platform");
        if (reference != null && !reference.isBlank()) {
            findings.use(Nodes.line(image), where, reference, platform);
        }
    }

    @CheckForNull
    private String interpolated(@CheckForNull Node node, String name) throws SourceException {
        if (node == null) {
            return null;
        }
        String text = Nodes.textOrNothing(node, name);
        try {
            return text == null ? null : Interpolation.of(text, variables);
        } catch (SourceException e) {
            throw new SourceException(Nodes.line(node), e.getMessage());
        }
    }
}
