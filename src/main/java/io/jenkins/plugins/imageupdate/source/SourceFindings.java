package io.jenkins.plugins.imageupdate.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.ArrayList;
import java.util.List;

/** Gathers what one file names. Its counts are bounded: a file that is something else entirely does not fill a log. */
public final class SourceFindings {
    static final int MAX_USES = 1_000;
    static final int MAX_PROBLEMS = 20;

    private final String file;
    private final List<ImageUse> uses = new ArrayList<>();
    private final List<SourceProblem> problems = new ArrayList<>();

    public SourceFindings(String file) {
        this.file = file;
    }

    /** Takes an image, or says why this text is none. */
    public void use(int line, String where, String written, @CheckForNull String platform) {
        if (full()) {
            return;
        }
        try {
            uses.add(new ImageUse(SourceImage.parse(written, platform), written.strip(), file, line, where));
        } catch (IllegalArgumentException e) {
            problem(line, Printable.of(where) + ": " + e.getMessage());
        }
        if (uses.size() == MAX_USES) {
            problem(line, MAX_USES + " images are named up to here; the file is not read on");
        }
    }

    /** Whether there is no room for more: nothing is taken from now on, and a reader may stop. */
    public boolean full() {
        return uses.size() >= MAX_USES || problems.size() > MAX_PROBLEMS;
    }

    /** At the line that the exception knows, else at this one. */
    public void problem(int line, SourceException e) {
        problem(e.line() > 0 ? e.line() : line, e.getMessage());
    }

    public void problem(int line, String message) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new SourceProblem(file, line, message));
        } else if (problems.size() == MAX_PROBLEMS) {
            problems.add(new SourceProblem(file, line, "there are more problems; the file is not read on"));
        }
    }

    public SourceImages images() {
        return new SourceImages(uses, problems);
    }
}
