package io.jenkins.plugins.imageupdate.agents;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.source.ImageUse;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import io.jenkins.plugins.imageupdate.source.SourceProblem;
import io.jenkins.plugins.imageupdate.source.manifests.PodYaml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * The images that a step, or a template of a cloud, names in its arguments: as text, and in the YAML of pods. Plugins name such arguments alike,
 * so no plugin needs to be known.
 */
final class ImageArguments {
    private static final Set<String> IMAGE = Set.of("image", "dockerImage", "containerImage");
    private static final Set<String> POD = Set.of("yaml", "yamls");
    private static final String CONTAINERS = "containers";
    private static final int MAX_DEPTH = 10;

    private final SourceFindings fields;
    private final SourceFindings pods;

    private ImageArguments(String name) {
        fields = new SourceFindings(name);
        pods = new SourceFindings(name);
    }

    /** @param name of the step or the template, for messages */
    static ImageArguments of(String name, UninstantiatedDescribable described) {
        ImageArguments arguments = new ImageArguments(name);
        arguments.read(described, "image", 0);
        return arguments;
    }

    /** Whether a step or a template has an argument that can name an image. Asks the class only. */
    static boolean areIn(Class<?> type) {
        return DescribableModel.of(type).getParameters().stream()
                .map(parameter -> parameter.getName())
                .anyMatch(name -> IMAGE.contains(name) || POD.contains(name) || name.equals(CONTAINERS));
    }

    private void read(UninstantiatedDescribable described, String where, int depth) {
        described.getArguments().forEach((name, value) -> {
            if (IMAGE.contains(name) && value instanceof String image) {
                if (!image.isBlank()) {
                    fields.use(0, where, image, null);
                }
            } else if (POD.contains(name)) {
                texts(value).filter(text -> !text.isBlank()).forEach(text -> PodYaml.read(text, pods));
            } else if (depth < MAX_DEPTH) {
                all(value)
                        .filter(UninstantiatedDescribable.class::isInstance)
                        .map(UninstantiatedDescribable.class::cast)
                        .forEach(nested -> read(nested, where(name, nested, where), depth + 1));
            }
        });
    }

    /** In the same words as images of a pod's YAML, which a field of a template can replace. */
    private static String where(String argument, UninstantiatedDescribable nested, String outer) {
        String name = text(nested, "name");
        if (name == null) {
            return outer;
        }
        return argument.equals(CONTAINERS) ? PodYaml.container(name) : argument + " " + name;
    }

    /** An argument that is text. Null if it is missing or blank. */
    @CheckForNull
    static String text(UninstantiatedDescribable described, String argument) {
        return described.getArguments().get(argument) instanceof String text && !text.isBlank() ? text.strip() : null;
    }

    private static Stream<String> texts(@CheckForNull Object value) {
        return all(value).filter(String.class::isInstance).map(String.class::cast);
    }

    /** The elements of a list, otherwise the value itself. */
    static Stream<?> all(@CheckForNull Object value) {
        return value instanceof Collection<?> list ? list.stream() : Stream.ofNullable(value);
    }

    /** Whether there is a pod's YAML, with images or not. */
    boolean hasPodYaml() {
        return !pods.images().uses().isEmpty() || !pods.images().problems().isEmpty();
    }

    /**
     * The images by what names them.
     *
     * @param parents the templates that this one inherits from, in their order
     * @param mergesYaml whether the pods of the parents count too if this one has a pod
     */
    Map<String, ImageUse> uses(Collection<ImageArguments> parents, boolean mergesYaml) {
        Map<String, ImageUse> uses = new LinkedHashMap<>();
        for (ImageArguments parent : parents) {
            if (mergesYaml || !hasPodYaml()) {
                add(parent.pods, uses);
            }
            add(parent.fields, uses);
        }
        add(pods, uses);
        add(fields, uses);
        return uses;
    }

    private static void add(SourceFindings findings, Map<String, ImageUse> uses) {
        findings.images().uses().forEach(use -> uses.put(use.where(), use));
    }

    /** Whether there is neither an image nor anything to say. */
    boolean isEmpty() {
        return !hasPodYaml()
                && fields.images().uses().isEmpty()
                && fields.images().problems().isEmpty();
    }

    /** Why some arguments cannot be read. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Stream.of(fields, pods)
                .flatMap(findings -> findings.images().problems().stream())
                .map(SourceProblem::toString)
                .distinct()
                .forEach(problems::add);
        return problems;
    }
}
