package io.jenkins.plugins.imageupdate.source.manifests;

import io.jenkins.plugins.imageupdate.source.OtherFiles;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.SourceText;
import io.jenkins.plugins.imageupdate.source.WorkspaceFiles;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Finds the images that a YAML or JSON file names, whatever its kind; see the package for the kinds and rules. */
public final class ManifestImages {
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private ManifestImages() {}

    /** As the other method, for a file that stands alone. */
    public static SourceImages read(String file, byte[] content, Map<String, String> variables) {
        return read(file, content, variables, WorkspaceFiles.NONE);
    }

    /**
     * Never fails: what is wrong with the file is among the problems.
     *
     * @param file its path in the workspace
     * @param content the file; of a larger one, {@link #MAX_BYTES} + 1 bytes are enough
     * @param variables what variables stand for, in the kinds that have them
     * @param files the other files of the workspace
     */
    public static SourceImages read(String file, byte[] content, Map<String, String> variables, WorkspaceFiles files) {
        SourceFindings findings = new SourceFindings(file);
        try {
            read(SourceText.ofYaml(content, MAX_BYTES), findings, variables, files);
        } catch (SourceException e) {
            findings.problem(0, e);
        }
        return findings.images();
    }

    /** The same for a text that stands within another file. */
    public static void read(String text, SourceFindings findings, Map<String, String> variables, WorkspaceFiles files)
            throws SourceException {
        Documents documents = new Documents(text);
        List<ManifestKind> kinds = kinds(documents, findings, Map.copyOf(variables), files);
        boolean known = false;
        try {
            for (Node document = documents.next(); document != null; document = documents.next()) {
                known |= read(document, kinds);
            }
        } finally {
            kinds.forEach(ManifestKind::end);
        }
        if (!known && !findings.isTemplate()) {
            findings.problem(
                    0,
                    "this is not a file of a known kind (Compose, Kubernetes, Kustomize, values of a Helm chart, bake,"
                            + " devcontainer, GitLab CI, GitHub workflow), or names no image");
        }
    }

    private static List<ManifestKind> kinds(
            Documents documents, SourceFindings findings, Map<String, String> variables, WorkspaceFiles files) {
        return List.of(
                new Kustomize(findings),
                new Kubernetes(findings),
                new GitHubWorkflow(findings),
                new GitLabCi(findings, variables),
                new Compose(findings, new OtherFiles(files), variables),
                new Bake(findings, variables),
                new DevContainer(findings, documents),
                new Helm(findings));
    }

    /** Whether it is of one of the kinds. */
    private static boolean read(Node document, List<ManifestKind> kinds) throws SourceException {
        for (ManifestKind kind : document instanceof MappingNode ? kinds : List.<ManifestKind>of()) {
            if (kind.read(document)) {
                return true;
            }
        }
        return false;
    }
}
