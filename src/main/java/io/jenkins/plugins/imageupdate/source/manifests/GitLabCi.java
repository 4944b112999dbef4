package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads GitLab's pipelines (<a href="https://docs.gitlab.com/ci/yaml/">CI/CD YAML syntax reference</a>): {@code image} and
 * {@code services}, global, of {@code default} and of every job, hidden ones too, with the variables of the file.
 */
final class GitLabCi implements ManifestKind {
    private static final Set<String> NOT_JOBS =
            Set.of("default", "include", "stages", "variables", "workflow", "spec", "cache", "services", "image");
    private static final List<String> INCLUDED = List.of("local", "remote", "template", "project", "component");
    private static final String REFERENCE = "!reference";
    private static final String VALUES =
            "by variables in the file; those that GitLab or its settings give are not known here";

    private final SourceFindings findings;
    private final Map<String, String> given;

    /** @param given values of variables that count before those of the file */
    GitLabCi(SourceFindings findings, Map<String, String> given) {
        this.findings = findings;
        this.given = given;
    }

    @Override
    public boolean read(Node document) throws SourceException {
        if (!isPipeline(document)) {
            return false;
        }
        Node include = Nodes.get(document, "include");
        if (include != null) {
            findings.problem(
                    Nodes.line(include), "include is not followed: name the included files in \"manifests\" too");
        }
        Map<String, String> ofFile = variables(Nodes.get(document, "variables"));
        Function<String, String> global = name -> given.getOrDefault(name, ofFile.get(name));
        images(document, document, "", global);
        images(document, Nodes.get(document, "default"), "default ", global);
        for (NodeTuple entry : Nodes.entries(document)) {
            String name = Nodes.text(entry.getKeyNode());
            if (name != null && !NOT_JOBS.contains(name)) {
                Map<String, String> ofJob = variables(Nodes.get(entry.getValueNode(), "variables"));
                images(
                        document,
                        entry.getValueNode(),
                        name + " ",
                        each -> given.getOrDefault(each, ofJob.getOrDefault(each, ofFile.get(each))));
            }
        }
        return true;
    }

    private static boolean isPipeline(Node document) throws SourceException {
        if (Nodes.get(document, List.of("spec", "inputs")) != null) {
            return true;
        }
        Node include = Nodes.get(document, "include");
        for (Node item : include instanceof MappingNode ? List.of(include) : Nodes.items(include)) {
            for (String key : INCLUDED) {
                if (Nodes.get(item, key) instanceof ScalarNode) {
                    return true;
                }
            }
        }
        for (Node stage : Nodes.items(Nodes.get(document, "stages"))) {
            if (stage instanceof ScalarNode) {
                return true;
            }
        }
        for (NodeTuple entry : Nodes.entries(document)) {
            Node job = entry.getValueNode();
            if (Nodes.get(job, "script") != null || Nodes.get(job, "trigger") instanceof MappingNode) {
                return true;
            }
        }
        return false;
    }

    /** Each is a text, or a mapping with its value. */
    private static Map<String, String> variables(@CheckForNull Node variables) throws SourceException {
        Map<String, String> values = new HashMap<>();
        for (NodeTuple entry : Nodes.entries(variables)) {
            Node node = entry.getValueNode();
            String value = node instanceof ScalarNode ? Nodes.text(node) : Nodes.text(Nodes.get(node, "value"));
            String name = Nodes.text(entry.getKeyNode());
            if (name != null && value != null) {
                values.put(name, value);
            }
        }
        return values;
    }

    private void images(Node document, @CheckForNull Node holder, String where, Function<String, String> values)
            throws SourceException {
        image(document, Nodes.get(holder, "image"), where + "image", values);
        Node services = referenced(document, Nodes.get(holder, "services"));
        for (Node service : services instanceof SequenceNode ? Nodes.items(services) : List.<Node>of()) {
            image(document, service, where + "service", values);
        }
    }

    private void image(Node document, @CheckForNull Node written, String where, Function<String, String> values)
            throws SourceException {
        Node node = referenced(document, written);
        Node name = node instanceof MappingNode ? referenced(document, Nodes.get(node, "name")) : node;
        String text = Nodes.text(name);
        if (text == null || text.isBlank()) {
            return;
        }
        try {
            String platform = Nodes.text(Nodes.get(node, List.of("docker", "platform")));
            String image = value(name, text, values);
            findings.use(Nodes.line(name), where, image, platform == null ? null : value(name, platform, values));
        } catch (SourceException e) {
            findings.problem(0, e.at(Nodes.line(name), Printable.of(where) + ": "));
        }
    }

    private static String value(Node at, String text, Function<String, String> values) throws SourceException {
        if (text.contains("$[[")) {
            throw new SourceException(
                    Nodes.line(at), Printable.of(text) + " is computed by GitLab: name the images by \"images\"");
        }
        String once = Substitution.shell(text, values, VALUES);
        // A variable may be made of others.
        return once.indexOf('$') < 0 ? once : Substitution.shell(once, values, VALUES);
    }

    /** What <code>!reference [job, key]</code> means. */
    @CheckForNull
    private static Node referenced(Node document, @CheckForNull Node node) throws SourceException {
        if (!(node instanceof SequenceNode) || !node.getTag().getValue().equals(REFERENCE)) {
            return node;
        }
        Node found = document;
        for (Node key : Nodes.items(node)) {
            found = Nodes.text(key) == null ? null : Nodes.get(found, Nodes.text(key));
        }
        return found;
    }
}
