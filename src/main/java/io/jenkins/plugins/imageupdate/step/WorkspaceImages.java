package io.jenkins.plugins.imageupdate.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.dockerfile.BuildSettings;
import io.jenkins.plugins.imageupdate.source.dockerfile.DockerfileImages;
import io.jenkins.plugins.imageupdate.source.files.FileImages;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Reads the images that files of a build's workspace name. The controller reads the files: no code of this plugin runs on the agent. */
final class WorkspaceImages {
    private static final int MAX_FILES = 200;

    private final FilePath workspace;
    private final BuildSettings settings;

    WorkspaceImages(FilePath workspace, BuildSettings settings) {
        this.workspace = workspace;
        this.settings = settings;
    }

    /** @param patterns names or Ant globs of Dockerfiles, relative to the workspace */
    List<SourceImages> ofDockerfiles(List<String> patterns) throws IOException, InterruptedException {
        return read(
                patterns,
                DockerfileImages.MAX_BYTES,
                (name, content) -> DockerfileImages.read(name, content, settings));
    }

    /** @param patterns of files of every other kind; variables in them are the build args */
    List<SourceImages> ofManifests(List<String> patterns) throws IOException, InterruptedException {
        return read(
                patterns,
                FileImages.MAX_BYTES,
                (name, content) -> FileImages.read(name, content, settings.buildArgs(), this::other));
    }

    private List<SourceImages> read(List<String> patterns, int most, BiFunction<String, byte[], SourceImages> reader)
            throws IOException, InterruptedException {
        List<SourceImages> images = new ArrayList<>();
        for (String pattern : patterns) {
            FilePath[] files = workspace.list(pattern);
            if (files.length == 0) {
                throw new AbortException(Messages.WorkspaceImages_NoFile(pattern));
            }
            if (files.length > MAX_FILES) {
                throw new AbortException(Messages.WorkspaceImages_TooMany(pattern, files.length, MAX_FILES));
            }
            for (FilePath file : files) {
                String name = file.getRemote()
                        .substring(workspace.getRemote().length() + 1)
                        .replace('\\', '/');
                images.add(reader.apply(name, content(file, name, most)));
            }
        }
        return images;
    }

    /** Reads a file to which another file refers. Returns null if the file does not exist. */
    @CheckForNull
    private byte[] other(String path, int most) throws SourceException {
        try {
            // First of all: whether a file exists outside the workspace is not told either.
            refuseOutside(path);
            FilePath file = workspace.child(path);
            return file.exists() && !file.isDirectory() ? content(file, path, most) : null;
        } catch (IOException e) {
            throw new SourceException(Printable.of(path) + " cannot be read: " + Printable.of(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException(Printable.of(path) + " was not read: the build was interrupted");
        }
    }

    /** A link out of the workspace could show a job author files of the controller, line by line in messages. */
    private void refuseOutside(String name) throws IOException, InterruptedException {
        if (!workspace.isDescendant(name)) {
            throw new AbortException(Messages.WorkspaceImages_Outside(name));
        }
    }

    private byte[] content(FilePath file, String name, int most) throws IOException, InterruptedException {
        refuseOutside(name);
        try (InputStream in = file.read()) {
            return in.readNBytes(most + 1);
        }
    }
}
