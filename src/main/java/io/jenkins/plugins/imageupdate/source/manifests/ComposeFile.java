package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.OtherFiles;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import io.jenkins.plugins.imageupdate.source.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** One file of a Compose project: where paths in it begin, and what its variables stand for. */
final class ComposeFile {
    private static final String ENV_FILE = ".env";
    private static final int MAX_ENV_BYTES = 1024 * 1024;

    /** A document of a file, and its services by their names. */
    record Document(ComposeFile file, Node node, Map<String, Node> services) {
        static Document of(ComposeFile file, Node node) throws SourceException {
            Map<String, Node> services = new LinkedHashMap<>();
            for (NodeTuple service : Nodes.entries(Nodes.get(node, "services"))) {
                services.put(Nodes.text(service.getKeyNode()), service.getValueNode());
            }
            return new Document(file, node, services);
        }
    }

    private final SourceFindings findings;
    private final OtherFiles files;
    private final String folder;
    private final Map<String, String> given;
    private final List<String> envFiles;
    private final Map<String, ComposeFile> extended = new HashMap<>();
    private Map<String, String> variables;
    private List<Document> project = List.of();

    /**
     * @param folder the project's, with the {@code .env} that counts
     * @param given values that count before those of that file
     */
    ComposeFile(SourceFindings findings, OtherFiles files, String folder, Map<String, String> given) {
        this(findings, files, folder, given, null);
    }

    private ComposeFile(
            SourceFindings findings,
            OtherFiles files,
            String folder,
            Map<String, String> given,
            @CheckForNull List<String> envFiles) {
        this.findings = findings;
        this.files = files;
        this.folder = folder;
        this.given = given;
        this.envFiles = envFiles;
    }

    SourceFindings findings() {
        return findings;
    }

    String folder() {
        return folder;
    }

    /** The documents that are merged with this file's; those that count first stand first. */
    List<Document> project() {
        return project;
    }

    void belongTo(List<Document> merged) {
        project = List.copyOf(merged);
    }

    /** A file that is included: values of this project count before its own. */
    ComposeFile included(String path, String itsFolder, @CheckForNull List<String> itsEnvFiles) throws SourceException {
        return new ComposeFile(findings.of(path), files, itsFolder, variables(), itsEnvFiles);
    }

    /** A file that a service of this one extends: it has the same variables. */
    ComposeFile extended(String path) throws SourceException {
        if (!extended.containsKey(path)) {
            ComposeFile other = new ComposeFile(findings.of(path), files, OtherFiles.folder(path), Map.of(), List.of());
            other.variables = variables();
            extended.put(path, other);
            List<Document> documents = new ArrayList<>();
            for (Node node : other.documents(path)) {
                documents.add(Document.of(other, node));
            }
            other.belongTo(documents);
        }
        return extended.get(path);
    }

    /** The documents of a file of the workspace. */
    List<Node> documents(String path) throws SourceException {
        byte[] content = files.read(path, ManifestImages.MAX_BYTES);
        if (content == null) {
            throw new SourceException("the workspace does not have the file " + Printable.of(path));
        }
        List<Node> nodes = new ArrayList<>();
        try {
            Documents documents = new Documents(SourceText.ofYaml(content, ManifestImages.MAX_BYTES));
            for (Node node = documents.next(); node != null; node = documents.next()) {
                if (node instanceof MappingNode) {
                    nodes.add(node);
                }
            }
        } catch (SourceException e) {
            findings.problem(0, e);
        }
        return nodes;
    }

    /** The text of a node with its variables put in; null where there is nothing. */
    @CheckForNull
    String interpolated(@CheckForNull Node node, String name) throws SourceException {
        String text = Nodes.textOrNothing(node, name);
        if (node == null || text == null) {
            return null;
        }
        try {
            return text.indexOf('$') < 0 ? text : Interpolation.of(text, variables()::get);
        } catch (SourceException e) {
            throw e.at(Nodes.line(node), "");
        }
    }

    private Map<String, String> variables() throws SourceException {
        if (variables == null) {
            variables = new HashMap<>();
            List<String> names =
                    envFiles == null ? List.of(folder.isEmpty() ? ENV_FILE : folder + "/" + ENV_FILE) : envFiles;
            for (String name : names) {
                byte[] content = files.read(name, MAX_ENV_BYTES);
                if (content != null) {
                    EnvFile.read(SourceText.of(content, MAX_ENV_BYTES), given, variables);
                }
            }
            variables.putAll(given);
        }
        return variables;
    }
}
