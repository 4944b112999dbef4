package io.jenkins.plugins.imageupdate.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.Util;
import hudson.model.TaskListener;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.TextList;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.source.SourceImage;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.dockerfile.BuildSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the images that a step checks: those that it names, and those that files of the workspace name. */
final class StepImages {
    private final CheckImageUpdateStep parameters;
    private final FilePath workspace;
    private final TaskListener listener;

    /** @param workspace null if the step does not run in a workspace */
    StepImages(CheckImageUpdateStep parameters, @CheckForNull FilePath workspace, TaskListener listener) {
        this.parameters = parameters;
        this.workspace = workspace;
        this.listener = listener;
    }

    /** Each image once, in the order in which they are named. Logs what cannot be resolved in a file. */
    List<StepImage> find() throws IOException, InterruptedException {
        Set<StepImage> images = new LinkedHashSet<>();
        try {
            parameters.references().forEach(reference -> images.add(parsed(reference)));
            for (SourceImages source : sources()) {
                source.problems().forEach(problem -> listener.getLogger().println(problem));
                source.images().forEach(image -> images.add(found(image)));
            }
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        if (images.isEmpty()) {
            throw new AbortException(
                    parameters.readsWorkspace()
                            ? Messages.CheckImageUpdateStep_NoImageInFiles()
                            : Messages.CheckImageUpdateStep_NoImage());
        }
        return List.copyOf(images);
    }

    /** @throws IllegalArgumentException if the tag policy is not valid */
    private ImageCheck check(WatchedImage image) {
        return ImageCheck.of(image, parameters.getCredentialsId(), parameters.getTags(), parameters.getMinimumAge());
    }

    /** A reference that is not valid fails alone: the other images are checked. */
    private StepImage parsed(String reference) {
        try {
            return new StepImage.ToCheck(check(WatchedImage.parse(reference, parameters.getPlatform())));
        } catch (IllegalArgumentException e) {
            return unreadable(reference, new RegistryException(FailureKind.CONFIGURATION, e.getMessage()));
        } catch (RuntimeException | Error e) {
            return unreadable(reference, RegistryException.thrown("the tag policy", e));
        }
    }

    private StepImage unreadable(String reference, RegistryException why) {
        return new StepImage.Unreadable(CheckResult.unreadable(
                parameters.getPlatform(), why.toFailure(reference, parameters.getCredentialsId())));
    }

    /** An image of a file. The tag policy may be that of another plugin. */
    private StepImage found(SourceImage image) {
        try {
            return new StepImage.ToCheck(check(onPlatform(image)));
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return unreadable(image.reference().toString(), RegistryException.thrown("the tag policy", e));
        }
    }

    private List<SourceImages> sources() throws IOException, InterruptedException {
        if (!parameters.readsWorkspace()) {
            return List.of();
        }
        if (workspace == null) {
            throw new AbortException(Messages.CheckImageUpdateStep_NoWorkspace());
        }
        WorkspaceImages files = new WorkspaceImages(
                workspace,
                new BuildSettings(
                        pairs(parameters.getBuildArgs()),
                        pairs(parameters.getBuildContexts()),
                        parameters.getTarget(),
                        platform()));
        List<SourceImages> sources = new ArrayList<>(files.ofDockerfiles(TextList.split(parameters.getDockerfile())));
        sources.addAll(files.ofManifests(TextList.split(parameters.getManifests())));
        return sources;
    }

    /** {@code NAME=value} each. */
    private static Map<String, String> pairs(@CheckForNull List<String> written) throws AbortException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : Util.fixNull(written)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new AbortException(Messages.CheckImageUpdateStep_NoPair(pair));
            }
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }

    @CheckForNull
    private Platform platform() {
        String platform = parameters.getPlatform();
        return platform == null ? null : Platform.parse(platform);
    }

    /** A platform that a file demands wins over the step's. */
    private WatchedImage onPlatform(SourceImage image) {
        return new WatchedImage(image.reference(), image.platform() == null ? platform() : image.platform());
    }
}
