package io.jenkins.plugins.imageupdate.source.manifests;

import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.SourceText;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** Finds the images that a Compose or Kubernetes file names; see the package for the rules. */
public final class ManifestImages {
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private ManifestImages() {}

    /**
     * Never fails: what is wrong with the file is among the problems.
     *
     * @param file its name, for messages
     * @param content the file; of a larger one, {@link #MAX_BYTES} + 1 bytes are enough
     * @param variables for Compose files, what {@code ${NAME}} stands for
     */
    public static SourceImages read(String file, byte[] content, Map<String, String> variables) {
        SourceFindings findings = new SourceFindings(file);
        Compose compose = new Compose(findings, Map.copyOf(variables));
        Kubernetes kubernetes = new Kubernetes(findings);
        try {
            Documents documents = new Documents(SourceText.ofYaml(content, MAX_BYTES));
            boolean known = false;
            for (Node document = documents.next(); document != null; document = documents.next()) {
                known |= compose.read(document) || kubernetes.read(document);
            }
            if (!known) {
                findings.problem(0, "this is neither a Compose file, with services, nor a Kubernetes one, with a kind");
            }
        } catch (SourceException e) {
            findings.problem(0, e);
        }
        return findings.images();
    }
}
