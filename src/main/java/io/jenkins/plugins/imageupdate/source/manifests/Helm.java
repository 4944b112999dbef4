package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads values for Helm charts, by the ways in which charts commonly name images: a mapping with {@code repository} or, under a key that
 * ends in {@code image}, {@code name}, and with {@code tag}, {@code digest} and {@code registry}; or a reference under such a key, or under
 * {@code imageRepository} or {@code imageName}, whole or with these beside it: {@code tag} or {@code imageTag}, and so on.
 */
final class Helm implements ManifestKind {
    /** Numbers that Helm writes as they are written: it reads all of them as floating-point numbers. */
    private static final Pattern SAFE_NUMBER = Pattern.compile("(?:0|[1-9][0-9]{0,5})(?:$|\\.(?!.*0$)[0-9]++)");

    private static final int MAX_LENGTH = 1_024;
    private static final Set<Tag> NUMBERS = Set.of(Tag.INT, Tag.FLOAT);
    private static final Pattern CERTAIN = Pattern.compile(".*[:@].*|[^/]*[.:][^/]*/.*");

    private static final Pattern REFERENCE_KEY =
            Pattern.compile("(.*image)(?:name|repo|repository)?", Pattern.CASE_INSENSITIVE);

    private final SourceFindings findings;
    private final Set<Node> walked = Collections.newSetFromMap(new IdentityHashMap<>());
    private String globalRegistry = "";
    private boolean any;

    Helm(SourceFindings findings) {
        this.findings = findings;
    }

    @Override
    public boolean read(Node document) throws SourceException {
        any = false;
        String registry = Nodes.text(Nodes.get(document, List.of("global", "imageRegistry")));
        globalRegistry = registry == null ? "" : registry.strip();
        walk(document, "");
        return any;
    }

    private void walk(Node node, String path) throws SourceException {
        if (findings.full() || node instanceof ScalarNode || !walked.add(node)) {
            return;
        }
        for (Node item : Nodes.items(node)) {
            walk(item, path);
        }
        Map<String, Node> beside = new HashMap<>();
        Nodes.entries(node).forEach(entry -> beside.put(Nodes.text(entry.getKeyNode()), entry.getValueNode()));
        for (NodeTuple entry : Nodes.entries(node)) {
            String key = Nodes.text(entry.getKeyNode());
            String place = path.isEmpty() ? key : path + "." + key;
            if (key != null && !image(key, entry.getValueNode(), place)) {
                Matcher named = REFERENCE_KEY.matcher(key);
                if (named.matches() && entry.getValueNode() instanceof ScalarNode reference) {
                    reference(reference, new Beside(beside, named.group(1)), place);
                }
                walk(entry.getValueNode(), place);
            }
        }
    }

    private static boolean isImage(String key) {
        return key.toLowerCase(Locale.ROOT).endsWith("image");
    }

    /** Reads a mapping that names an image; false if it is not one. */
    boolean image(String key, Node value, String place) throws SourceException {
        Node repository = value instanceof MappingNode ? Nodes.get(value, "repository") : null;
        if (repository == null && isImage(key)) {
            repository = Nodes.get(value, "name");
        }
        Node tag = Nodes.get(value, "tag");
        Node digest = Nodes.get(value, "digest");
        boolean meant = isImage(key) || tag != null || digest != null;
        String name = Nodes.text(repository);
        if (!meant || repository == null || name == null || name.isBlank() || name.contains("://")) {
            return false;
        }
        any = true;
        try {
            String registry = registry(Nodes.get(value, "registry"));
            use(repository, registry + name.strip(), text(tag, "tag"), text(digest, "digest"), place);
        } catch (SourceException e) {
            findings.problem(0, e.at(Nodes.line(repository), Printable.of(place) + ": "));
        }
        return true;
    }

    private String registry(@CheckForNull Node registry) {
        String own = Nodes.text(registry);
        String counts = own != null && !globalRegistry.isEmpty() ? globalRegistry : own;
        return counts == null || counts.isBlank() ? "" : counts.strip().replaceAll("/+$", "") + "/";
    }

    /**
     * What a mapping has beside a reference.
     *
     * @param image the part of the reference's key that its parts' keys begin with, unless they stand alone
     */
    private record Beside(Map<String, Node> entries, String image) {
        @CheckForNull
        Node get(String part) {
            String whole = image + part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
            return entries.getOrDefault(whole, entries.get(part));
        }

        boolean none() {
            return Stream.of("tag", "digest", "registry").allMatch(part -> isBlank(Nodes.text(get(part))));
        }

        private static boolean isBlank(@CheckForNull String text) {
            return text == null || text.isBlank();
        }
    }

    /** A whole reference. Text that could have another meaning, such as the name of a picture, is left alone. */
    private void reference(ScalarNode image, Beside beside, String place) {
        String written = image.getValue().strip();
        boolean certain =
                written.length() <= MAX_LENGTH && CERTAIN.matcher(written).matches();
        if (written.isEmpty() || written.contains("://") || !certain && beside.none()) {
            return;
        }
        any = true;
        try {
            boolean tagged = written.indexOf('@') >= 0 || written.lastIndexOf(':') > written.lastIndexOf('/');
            String tag = tagged ? "" : text(beside.get("tag"), "tag");
            String digest = tagged ? "" : text(beside.get("digest"), "digest");
            use(image, registry(beside.get("registry")) + written, tag, digest, place);
        } catch (SourceException e) {
            findings.problem(0, e.at(Nodes.line(image), Printable.of(place) + ": "));
        }
    }

    private void use(Node at, String name, String tag, String digest, String place) throws SourceException {
        boolean complete = name.indexOf('@') >= 0 || name.lastIndexOf(':') > name.lastIndexOf('/');
        if (tag.isEmpty() && digest.isEmpty() && !complete) {
            throw new SourceException(Printable.of(name) + " has no tag: charts then take one that is not written here,"
                    + " such as the appVersion of Chart.yaml; write it");
        }
        String reference = name + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
        findings.use(Nodes.line(at), place, reference, null);
    }

    private static String text(@CheckForNull Node node, String name) throws SourceException {
        String text = Nodes.textOrNothing(node, name);
        boolean number = node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && NUMBERS.contains(node.getTag());
        if (number && !SAFE_NUMBER.matcher(text).matches()) {
            throw new SourceException(
                    Nodes.line(node),
                    name + " " + Printable.of(text)
                            + " is a number, which Helm may write in another way: put it in quotes");
        }
        return text == null ? "" : text.strip();
    }
}
