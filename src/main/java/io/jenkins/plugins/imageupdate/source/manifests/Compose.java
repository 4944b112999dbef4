package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.source.OtherFiles;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the services of a Compose file and of those that it includes. */
final class Compose implements ManifestKind {
    private static final int MAX_DEPTH = 10;
    /** What may stand beside {@code include} in a file without services. */
    private static final Set<String> TOP_LEVEL =
            Set.of("name", "version", "include", "services", "networks", "volumes", "secrets", "configs", "models");

    private final ComposeFile main;
    private final OtherFiles files;

    Compose(SourceFindings findings, OtherFiles files, Map<String, String> variables) {
        this.files = files;
        main = new ComposeFile(findings, files, OtherFiles.folder(findings.file()), variables);
    }

    @Override
    public boolean read(Node document) throws SourceException {
        Node services = Nodes.get(document, "services");
        Node include = Nodes.get(document, "include");
        if (services == null && (include == null || !isTopLevel(document))) {
            return false;
        }
        if (services != null && !(services instanceof MappingNode)) {
            main.findings().problem(Nodes.line(services), "services is not a mapping, so this is not a Compose file");
            return true;
        }
        includes(main, document, 0);
        services(List.of(ComposeFile.Document.of(main, document)));
        return true;
    }

    private static boolean isTopLevel(Node document) {
        for (NodeTuple entry : Nodes.entries(document)) {
            String key = Nodes.text(entry.getKeyNode());
            if (key == null || !TOP_LEVEL.contains(key) && !key.startsWith("x-")) {
                return false;
            }
        }
        return true;
    }

    /** Of files that are merged, each service once. */
    private void services(List<ComposeFile.Document> merged) throws SourceException {
        Set<String> names = new LinkedHashSet<>();
        for (ComposeFile.Document each : merged) {
            each.file().belongTo(merged);
            names.addAll(each.services().keySet());
        }
        for (String name : names) {
            if (name == null || main.findings().full()) {
                return;
            }
            ComposeService service = new ComposeService(name, merged);
            try {
                service.read();
            } catch (SourceException e) {
                service.findings().problem(0, e.at(service.line(), service.where() + ": "));
            }
        }
    }

    /** Each entry is a path, or a mapping with one or several that are merged. */
    private void includes(ComposeFile file, Node document, int depth) throws SourceException {
        Node include = Nodes.get(document, "include");
        List<Node> entries = include instanceof ScalarNode || include instanceof MappingNode
                ? List.of(include)
                : Nodes.items(include);
        for (Node entry : entries) {
            try {
                include(file, entry, depth);
            } catch (SourceException e) {
                file.findings().problem(0, e.at(Nodes.line(entry), "include: "));
            }
        }
    }

    private void include(ComposeFile from, Node entry, int depth) throws SourceException {
        if (depth >= MAX_DEPTH) {
            throw new SourceException("files include each other more than " + MAX_DEPTH + " deep");
        }
        Node paths = entry instanceof MappingNode ? Nodes.get(entry, "path") : entry;
        List<String> names = new ArrayList<>();
        for (Node path : paths instanceof ScalarNode ? List.of(paths) : Nodes.items(paths)) {
            names.add(OtherFiles.resolveIn(from.folder(), String.valueOf(from.interpolated(path, "path"))));
        }
        if (names.isEmpty()) {
            throw new SourceException("no path is named");
        }
        String directory = from.interpolated(Nodes.get(entry, "project_directory"), "project_directory");
        String folder =
                directory == null ? OtherFiles.folder(names.get(0)) : OtherFiles.resolveIn(from.folder(), directory);
        List<ComposeFile.Document> merged = new ArrayList<>();
        for (String name : names) {
            ComposeFile file = from.included(name, folder, envFiles(from, entry));
            for (Node document : file.documents(name)) {
                includes(file, document, depth + 1);
                // Of files that are merged, the last one counts first.
                merged.add(0, ComposeFile.Document.of(file, document));
            }
        }
        services(merged);
    }

    /** Null where the entry names none. */
    @CheckForNull
    private static List<String> envFiles(ComposeFile from, Node entry) throws SourceException {
        Node written = Nodes.get(entry, "env_file");
        if (written == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (Node name : written instanceof ScalarNode ? List.of(written) : Nodes.items(written)) {
            names.add(OtherFiles.resolveIn(from.folder(), String.valueOf(from.interpolated(name, "env_file"))));
        }
        return names;
    }
}
