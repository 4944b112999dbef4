package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import io.jenkins.plugins.imageupdate.source.dockerfile.BuildSettings;
import io.jenkins.plugins.imageupdate.source.dockerfile.DockerfileImages;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What a file says of the build of an image: images among its contexts, and a Dockerfile that stands in the file.
 *
 * @param dockerfile the node of the Dockerfile's text; null for one in a file of its own
 * @param text of that Dockerfile, its variables put in
 */
record InlineBuild(
        @CheckForNull Node dockerfile,
        @CheckForNull String text,
        Map<String, String> args,
        Map<String, Context> contexts,
        @CheckForNull String target) {
    static final String IMAGE = "docker-image://";

    /** A context beside the main one. */
    record Context(int line, String value) {}

    void read(SourceFindings findings, String where) throws SourceException {
        if (dockerfile == null || text == null) {
            contexts.forEach((name, context) -> {
                if (context.value().startsWith(IMAGE)) {
                    String image = context.value().substring(IMAGE.length());
                    findings.use(context.line(), where + " context " + name, image, null);
                }
            });
            return;
        }
        Map<String, String> values = new HashMap<>();
        contexts.forEach((name, context) -> values.put(name, context.value()));
        boolean literal = dockerfile instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL;
        SourceFindings inner = findings.within(where, Nodes.line(dockerfile) + (literal ? 1 : 0), !literal);
        DockerfileImages.read(text, new BuildSettings(args, values, target, null), inner);
    }
}
