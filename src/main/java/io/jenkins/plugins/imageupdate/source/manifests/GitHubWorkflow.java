package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads GitHub's workflows and actions (<a href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax">
 * workflow syntax</a>, "metadata syntax"): {@code container} and {@code services} of jobs, and steps and actions of {@code docker://}.
 */
final class GitHubWorkflow implements ManifestKind {
    private static final String DOCKER = "docker://";

    private final SourceFindings findings;

    GitHubWorkflow(SourceFindings findings) {
        this.findings = findings;
    }

    @Override
    public boolean read(Node document) throws SourceException {
        Node runs = Nodes.get(document, "runs");
        if (Nodes.get(runs, "using") != null) {
            steps("runs", runs);
            docker(Nodes.get(runs, "image"), "runs");
            return true;
        }
        Node jobs = Nodes.get(document, "jobs");
        if (!(jobs instanceof MappingNode) || Nodes.get(document, "on") == null && !hasRunner(jobs)) {
            return false;
        }
        for (NodeTuple entry : Nodes.entries(jobs)) {
            job("jobs." + Nodes.text(entry.getKeyNode()), entry.getValueNode());
        }
        return true;
    }

    private static boolean hasRunner(Node jobs) throws SourceException {
        for (NodeTuple entry : Nodes.entries(jobs)) {
            if (Nodes.get(entry.getValueNode(), "runs-on") != null) {
                return true;
            }
        }
        return false;
    }

    private void job(String where, Node job) throws SourceException {
        Node container = Nodes.get(job, "container");
        image(container instanceof ScalarNode ? container : Nodes.get(container, "image"), where + ".container");
        for (NodeTuple service : Nodes.entries(Nodes.get(job, "services"))) {
            String place = where + ".services." + Nodes.text(service.getKeyNode());
            image(Nodes.get(service.getValueNode(), "image"), place);
        }
        steps(where, job);
    }

    private void steps(String where, Node holder) throws SourceException {
        for (Node step : Nodes.items(Nodes.get(holder, "steps"))) {
            docker(Nodes.get(step, "uses"), where + ".steps");
        }
    }

    private void docker(@CheckForNull Node node, String where) {
        String text = Nodes.text(node);
        if (text != null && text.startsWith(DOCKER)) {
            use(node, text.substring(DOCKER.length()), where);
        }
    }

    private void image(@CheckForNull Node node, String where) {
        String text = Nodes.text(node);
        if (text != null && !text.isBlank()) {
            use(node, text.startsWith(DOCKER) ? text.substring(DOCKER.length()) : text, where);
        }
    }

    private void use(Node node, String image, String where) {
        if (image.contains("${{")) {
            findings.problem(
                    Nodes.line(node),
                    Printable.of(where) + ": " + Printable.of(image)
                            + " is computed when the workflow runs: name the images by \"images\"");
        } else {
            findings.use(Nodes.line(node), where, image, null);
        }
    }
}
