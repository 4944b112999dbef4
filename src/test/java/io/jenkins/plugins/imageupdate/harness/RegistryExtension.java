package io.jenkins.plugins.imageupdate.harness;

import hudson.Util;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.jvnet.hudson.test.JenkinsRule;

/** See {@link WithRegistry}. */
final class RegistryExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(RegistryExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RegistryFixture.class || type == PollScene.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return parameter.getParameter().getType() == PollScene.class ? scene(context) : registry(context);
        } catch (Exception e) {
            throw new ParameterResolutionException("the registry did not start", e);
        }
    }

    private static PollScene scene(ExtensionContext context) throws Exception {
        JenkinsRule rule = SharedJenkinsExtension.rule(context);
        if (rule == null) {
            throw new IllegalStateException("a PollScene needs a JenkinsRule as the parameter before it");
        }
        PollScene scene = new PollScene(rule);
        closeAfter(context, scene);
        return scene;
    }

    private static RegistryFixture registry(ExtensionContext context) throws Exception {
        Path directory = Files.createTempDirectory("registry");
        RegistryFixture registry = new RegistryFixture(directory);
        closeAfter(context, () -> {
            registry.close();
            Util.deleteRecursive(directory.toFile());
        });
        if (Jenkins.getInstanceOrNull() != null) {
            registry.configure();
            String id = annotation(context).credentialsId();
            if (!id.isEmpty()) {
                registry.addCredential(registry.secretText(id));
            }
        }
        return registry;
    }

    private static void closeAfter(ExtensionContext context, AutoCloseable started) {
        context.getStore(NAMESPACE).put(started, started);
    }

    private static WithRegistry annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestMethod(), WithRegistry.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getTestClass(), WithRegistry.class))
                .orElseThrow();
    }
}
