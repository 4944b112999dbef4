package io.jenkins.plugins.imageupdate.agents;

import hudson.model.Run;
import io.jenkins.plugins.imageupdate.job.BuildImagesAction;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.source.ImageUse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The images that the steps of a build run in. */
final class StepImages {
    private static final String WITH_ENV = "withEnv";

    /** The variables in which the Docker Pipeline plugin gives the names of images that it builds or tags to the shell. */
    private static final List<String> BUILT = List.of("JD_IMAGE=", "JD_TAGGED_IMAGE_NAME=");

    /** As the Docker Pipeline plugin names images that it builds for {@code agent { dockerfile true }}: by a SHA-1. */
    private static final Pattern BUILT_NAME = Pattern.compile("docker\\.io/library/[0-9a-f]{40}:latest");

    private StepImages() {}

    /** Whether a step may say in which image its block runs. Asks the class only. */
    static boolean mayName(Step step) {
        StepDescriptor descriptor = step.getDescriptor();
        return descriptor.takesImplicitBlockArgument()
                && (descriptor.getFunctionName().equals(WITH_ENV) || ImageArguments.areIn(step.getClass()));
    }

    /** Records the images with the build. */
    static void record(Step step, Run<?, ?> run) throws IOException {
        String function = step.getDescriptor().getFunctionName();
        UninstantiatedDescribable described = DescribableModel.uninstantiate2_(step);
        if (function.equals(WITH_ENV)) {
            recordBuilt(described, run);
            return;
        }
        ImageArguments arguments = ImageArguments.of(function, described);
        List<String> problems = arguments.problems();
        Map<String, ImageUse> uses = CloudTemplates.ofStep(described, arguments, problems);
        if (!uses.isEmpty() || !problems.isEmpty()) {
            BuildImagesAction.record(run, build -> {
                uses.forEach((where, use) -> add(use, function + " " + where, build));
                problems.forEach(problem -> notWatched(function, problem, build));
            });
        }
    }

    private static void notWatched(String function, String problem, BuildImagesAction.Uses build) {
        build.notWatched().merge(function, problem, (all, one) -> all.contains(one) ? all : all + "; " + one);
    }

    /** Records that another plugin's step cannot be read. Without what it threw, which may contain a secret. */
    static void recordUnreadable(Step step, Run<?, ?> run, Throwable thrown) throws IOException {
        String function = step.getDescriptor().getFunctionName();
        String problem = RegistryException.thrown("the step", thrown).detail();
        BuildImagesAction.record(run, build -> notWatched(function, problem, build));
    }

    private static void add(ImageUse use, String where, BuildImagesAction.Uses build) {
        ImageReference reference = use.image().reference();
        String name = reference.toString();
        if (reference.digest() != null) {
            build.notWatched().putIfAbsent(name, Messages.StepImages_Digest());
        } else if (BUILT_NAME.matcher(name).matches()) {
            build.notWatched().putIfAbsent(use.written(), Messages.StepImages_Built());
        } else if (!build.notWatched().containsKey(name)) {
            build.images().putIfAbsent(name, where);
        }
    }

    /** An image that the build makes itself is not one that others update: to watch it would start a build after each build. */
    private static void recordBuilt(UninstantiatedDescribable withEnv, Run<?, ?> run) throws IOException {
        List<String> names = ImageArguments.all(withEnv.getArguments().get("overrides"))
                .flatMap(StepImages::built)
                .toList();
        if (!names.isEmpty()) {
            BuildImagesAction.record(
                    run,
                    build -> names.forEach(name -> {
                        build.images().remove(name);
                        build.notWatched().put(name, Messages.StepImages_Built());
                    }));
        }
    }

    private static Stream<String> built(Object override) {
        String text = String.valueOf(override);
        return BUILT.stream()
                .filter(text::startsWith)
                .map(variable -> text.substring(variable.length()))
                .flatMap(name -> {
                    try {
                        return Stream.of(ImageReference.parse(name).toString());
                    } catch (IllegalArgumentException e) {
                        return Stream.empty();
                    }
                });
    }
}
