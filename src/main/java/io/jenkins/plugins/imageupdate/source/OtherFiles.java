package io.jenkins.plugins.imageupdate.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.regex.Pattern;

/** The files to which the files of one reading refer: inside the workspace, and limited in number and size. */
public final class OtherFiles {
    static final int MAX_FILES = 100;
    static final int MAX_TOTAL_BYTES = 32 * 1024 * 1024;
    private static final Pattern NOT_RELATIVE = Pattern.compile("(?s)/.*|[A-Za-z]:.*|~.*|.*\0.*");
    private static final Pattern REMOTE = Pattern.compile("(?s)[a-z0-9+.-]+://.*|[a-z0-9._-]+@.*|oci:.*");

    private final WorkspaceFiles files;
    private int count;
    private int total;

    public OtherFiles(WorkspaceFiles files) {
        this.files = files;
    }

    /**
     * The path of a file that another file names.
     *
     * @param file relative to the workspace
     * @param relative as it is written in the file, relative to the file's folder
     * @throws SourceException if it is not a path or leads out of the workspace
     */
    public static String resolve(String file, String relative) throws SourceException {
        return resolveIn(folder(file), relative);
    }

    /** The same, relative to a folder of the workspace; the workspace itself is "". */
    public static String resolveIn(String folder, String relative) throws SourceException {
        String written = relative.replace('\\', '/');
        if (REMOTE.matcher(written).matches()) {
            throw new SourceException(Printable.of(relative) + " is not a file of the workspace and is not read");
        }
        if (written.isBlank() || NOT_RELATIVE.matcher(written).matches()) {
            throw outside(relative);
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : Arrays.asList((folder + "/" + written).split("/"))) {
            if (part.equals("..") && parts.pollLast() == null) {
                throw outside(relative);
            }
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /** The folder of a file; "" for the workspace itself. */
    public static String folder(String file) {
        String path = file.replace('\\', '/');
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Null if the file does not exist. */
    @CheckForNull
    public byte[] read(String path, int maxBytes) throws SourceException {
        if (++count > MAX_FILES || total > MAX_TOTAL_BYTES) {
            throw new SourceException("more than " + MAX_FILES
                    + " other files, or too large ones, belong to this file; they are not read");
        }
        byte[] content = files.read(path, maxBytes);
        total += content == null ? 0 : content.length;
        return content;
    }

    private static SourceException outside(String relative) {
        return new SourceException(Printable.of(relative) + " leads out of the workspace and is not read");
    }
}
