package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Reads {@code docker-bake.json} (<a href="https://docs.docker.com/build/bake/reference/">Bake file reference</a>): images among the
 * contexts of targets, and Dockerfiles that stand in the file. Of HCL's expressions in texts, variables are put in.
 */
final class Bake implements ManifestKind {
    private final SourceFindings findings;
    private final Map<String, String> given;

    /** @param given values of variables that count before their defaults */
    Bake(SourceFindings findings, Map<String, String> given) {
        this.findings = findings;
        this.given = given;
    }

    @Override
    public boolean read(Node document) throws SourceException {
        Node targets = Nodes.get(document, "target");
        if (!(targets instanceof MappingNode)) {
            return false;
        }
        Map<String, String> variables = new HashMap<>();
        for (NodeTuple entry : Nodes.entries(Nodes.get(document, "variable"))) {
            String value = Nodes.text(Nodes.get(entry.getValueNode(), "default"));
            if (value != null) {
                variables.put(Nodes.text(entry.getKeyNode()), value);
            }
        }
        variables.putAll(given);
        for (NodeTuple entry : Nodes.entries(targets)) {
            String where = "target." + Nodes.text(entry.getKeyNode());
            try {
                target(where, entry.getValueNode(), variables);
            } catch (SourceException e) {
                findings.problem(0, e.at(Nodes.line(entry.getKeyNode()), Printable.of(where) + ": "));
            }
        }
        return true;
    }

    private void target(String where, Node target, Map<String, String> variables) throws SourceException {
        Map<String, InlineBuild.Context> contexts = new LinkedHashMap<>();
        for (NodeTuple entry : Nodes.entries(Nodes.get(target, "contexts"))) {
            String value = text(entry.getValueNode(), variables);
            if (value != null) {
                int line = Nodes.line(entry.getValueNode());
                contexts.put(Nodes.text(entry.getKeyNode()), new InlineBuild.Context(line, value));
            }
        }
        Map<String, String> args = new HashMap<>();
        for (NodeTuple entry : Nodes.entries(Nodes.get(target, "args"))) {
            String value = text(entry.getValueNode(), variables);
            if (value != null) {
                args.put(Nodes.text(entry.getKeyNode()), value);
            }
        }
        Node inline = Nodes.get(target, "dockerfile-inline");
        String stage = text(Nodes.get(target, "target"), variables);
        new InlineBuild(inline, text(inline, variables), args, contexts, stage).read(findings, where);
    }

    /** Null where there is nothing. */
    @CheckForNull
    private static String text(@CheckForNull Node node, Map<String, String> variables) throws SourceException {
        String text = Nodes.text(node);
        if (node == null || text == null || !text.contains("${")) {
            return text;
        }
        try {
            String value = Substitution.braced(text, variables::get, "a default among the variables of the file");
            if (value.contains("${")) {
                throw new SourceException(Printable.of(text)
                        + " is computed: name what \"docker buildx bake --print\" makes of the file");
            }
            return value;
        } catch (SourceException e) {
            throw e.at(Nodes.line(node), "");
        }
    }
}
