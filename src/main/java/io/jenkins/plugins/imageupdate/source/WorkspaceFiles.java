package io.jenkins.plugins.imageupdate.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Reads files of one workspace. */
@FunctionalInterface
public interface WorkspaceFiles {
    /** For a file that stands alone. */
    WorkspaceFiles NONE = (path, maxBytes) -> null;

    /**
     * Reads a file. An implementation refuses what leads out of the workspace by a symbolic link.
     *
     * @param path relative to the workspace, with {@code /} between its parts, none of which is {@code .} or {@code ..}
     * @param maxBytes of a larger file, maxBytes + 1 bytes are enough
     * @return null if the file does not exist
     * @throws SourceException with the reason, if the file may not or cannot be read
     */
    @CheckForNull
    byte[] read(String path, int maxBytes) throws SourceException;
}
