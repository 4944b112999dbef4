package io.jenkins.plugins.imageupdate.source.jenkinsfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import io.jenkins.plugins.imageupdate.source.WorkspaceFiles;
import io.jenkins.plugins.imageupdate.source.manifests.ManifestImages;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Goes through a Pipeline and looks for calls that name images. */
final class PipelineWalk extends CodeVisitorSupport {
    /** Blocks and steps that take the image by a name, or as their only argument. */
    private static final Set<String> STEPS = Set.of("withDockerContainer", "dockerNode", "containerTemplate");

    /** Blocks in which {@code image} stands as a call. */
    private static final Set<String> BLOCKS = Set.of("docker", "dockerContainer", "containerTemplate");

    private static final Set<String> HUB = Set.of("docker.io", "index.docker.io", "registry-1.docker.io");
    private static final String AGENT = "agent";
    private static final String DOCKER = "docker";
    private static final String IMAGE = "image";
    private static final String YAML = "yaml";
    private static final String COMPUTED =
            " is computed when the Pipeline runs: only texts without variables are read; name the image by \"images\"";

    /** A block that is being read, the innermost first; for docker's ones the registry that they name. */
    private record Block(String name, @CheckForNull Expression registry) {}

    private final SourceFindings findings;
    private final Deque<Block> blocks = new ArrayDeque<>();

    PipelineWalk(SourceFindings findings) {
        this.findings = findings;
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        if (findings.full()) {
            return;
        }
        String name = call.getMethodAsString();
        Arguments arguments = new Arguments(call);
        boolean ofDocker = DOCKER.equals(call.getObjectExpression().getText());
        boolean plain = call.isImplicitThis();
        if (name != null && (ofDocker || plain)) {
            named(name, ofDocker, arguments, call);
        }
        ClosureExpression block = arguments.block();
        if (name == null || block == null) {
            super.visitMethodCallExpression(call);
            return;
        }
        blocks.push(new Block(name, registry(name, ofDocker, arguments)));
        super.visitMethodCallExpression(call);
        blocks.pop();
    }

    private void named(String name, boolean ofDocker, Arguments arguments, MethodCallExpression call) {
        if (ofDocker) {
            if (name.equals(IMAGE)) {
                image(arguments.first(), "docker.image", call);
            }
        } else if (name.equals(IMAGE) && BLOCKS.contains(in())) {
            image(arguments.first(), in() + " image", call);
        } else if (name.equals(DOCKER) && AGENT.equals(in()) && arguments.block() == null) {
            image(arguments.first(), "agent docker", call);
        } else if (STEPS.contains(name) && (arguments.named(IMAGE) != null || arguments.first() != null)) {
            Expression image = arguments.named(IMAGE);
            image(image == null ? arguments.first() : image, name, call);
        } else if (name.equals(YAML) && "kubernetes".equals(in())) {
            pod(arguments.first(), call);
        } else if (name.equals("podTemplate") || name.equals("kubernetes")) {
            if (arguments.named(YAML) != null) {
                pod(arguments.named(YAML), call);
            }
        } else {
            others(name, call);
        }
    }

    /** Files that the Pipeline names; they are read if they are named to the step. */
    private void others(String name, MethodCallExpression call) {
        if (name.equals("dockerfile") && AGENT.equals(in())) {
            findings.problem(
                    call.getLineNumber(), "agent dockerfile is not followed: name the file in \"dockerfile\" too");
        } else if (name.equals("yamlFile") && "kubernetes".equals(in())) {
            findings.problem(call.getLineNumber(), "yamlFile is not followed: name the file in \"manifests\" too");
        }
    }

    private String in() {
        return blocks.isEmpty() ? "" : blocks.peek().name();
    }

    private void image(@CheckForNull Expression written, String where, MethodCallExpression call) {
        Literal image = Literal.of(written);
        if (image == null) {
            computed(written, where, call);
            return;
        }
        if (image.text().isBlank()) {
            return;
        }
        boolean qualifies = where.startsWith(DOCKER);
        Expression registry = qualifies ? around() : null;
        if (registry == null) {
            findings.use(image.line(), where, image.text(), null);
            return;
        }
        Literal url = Literal.of(registry);
        String host = url == null ? null : host(url.text());
        if (host == null) {
            computed(registry, where + ": the registry", call);
        } else {
            String prefix = HUB.contains(host) || image.text().startsWith(host + "/") ? "" : host + "/";
            findings.use(image.line(), where, prefix + image.text(), null);
        }
    }

    /** The registry of the innermost block that names one. */
    @CheckForNull
    private Expression around() {
        for (Block block : blocks) {
            if (block.registry() != null) {
                return block.registry();
            }
        }
        return null;
    }

    @CheckForNull
    private static Expression registry(String name, boolean ofDocker, Arguments arguments) {
        if (ofDocker && name.equals("withRegistry")) {
            Expression named = arguments.named("url");
            return named == null ? arguments.first() : named;
        }
        return !ofDocker && name.equals("withDockerRegistry")
                ? arguments.named("url")
                : !ofDocker && name.equals(DOCKER) ? inBlock(arguments.block()) : null;
    }

    /** {@code registryUrl} among the settings of a Declarative agent. */
    @CheckForNull
    private static Expression inBlock(@CheckForNull ClosureExpression block) {
        Statement code = block == null ? null : block.getCode();
        List<Statement> statements =
                code instanceof BlockStatement all ? all.getStatements() : code == null ? List.of() : List.of(code);
        for (Statement statement : statements) {
            if (statement instanceof ExpressionStatement expression
                    && expression.getExpression() instanceof MethodCallExpression call
                    && "registryUrl".equals(call.getMethodAsString())) {
                return new Arguments(call).first();
            }
        }
        return null;
    }

    @CheckForNull
    private static String host(String url) {
        try {
            URI uri = URI.create(url.strip());
            return uri.getHost() == null ? null : uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void pod(@CheckForNull Expression written, MethodCallExpression call) {
        Literal yaml = Literal.of(written);
        if (yaml == null) {
            computed(written, YAML, call);
            return;
        }
        try {
            SourceFindings inner = findings.within(YAML, yaml.line(), yaml.oneLine());
            ManifestImages.read(yaml.text(), inner, Map.of(), WorkspaceFiles.NONE);
        } catch (SourceException e) {
            findings.within(YAML, yaml.line(), yaml.oneLine()).problem(1, e);
        }
    }

    private void computed(@CheckForNull Expression written, String where, MethodCallExpression call) {
        if (written != null) {
            int line = written.getLineNumber() > 0 ? written.getLineNumber() : call.getLineNumber();
            findings.problem(line, where + ": " + Printable.of(written.getText()) + COMPUTED);
        }
    }
}
