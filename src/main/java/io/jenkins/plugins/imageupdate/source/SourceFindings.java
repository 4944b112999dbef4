package io.jenkins.plugins.imageupdate.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.ArrayList;
import java.util.List;

/** Gathers what one file names. Its counts are bounded: a file of another kind does not fill a log. */
public final class SourceFindings {
    static final int MAX_USES = 1_000;
    static final int MAX_PROBLEMS = 20;

    /** What is found in a file and in those that it includes. */
    private static final class Found {
        private final List<ImageUse> uses = new ArrayList<>();
        private final List<SourceProblem> problems = new ArrayList<>();
        private boolean template;
    }

    private final String file;
    private final String prefix;
    private final int firstLine;
    private final boolean oneLine;
    private final Found found;

    public SourceFindings(String file) {
        this(file, "", 1, false, new Found());
    }

    private SourceFindings(String file, String prefix, int firstLine, boolean oneLine, Found found) {
        this.file = file;
        this.prefix = prefix;
        this.firstLine = firstLine;
        this.oneLine = oneLine;
        this.found = found;
    }

    /** For another file that belongs to this one: what it names counts as well, under its own name. */
    public SourceFindings of(String otherFile) {
        return new SourceFindings(otherFile, "", 1, false, found);
    }

    /**
     * For a file that stands as a text within this one.
     *
     * @param where what holds it
     * @param line of its first line
     * @param singleLine whether all its lines are that one, since the text is written with escapes
     */
    public SourceFindings within(String where, int line, boolean singleLine) {
        return new SourceFindings(file, where + " ", line, singleLine, found);
    }

    /** The name of the file, for messages. */
    public String file() {
        return file;
    }

    /** Takes an image, or says why this text is not one. */
    public void use(int line, String where, String written, @CheckForNull String platform) {
        if (full()) {
            return;
        }
        if (Oddities.template(written)) {
            template(line);
            return;
        }
        try {
            SourceImage image = SourceImage.parse(written, platform);
            found.uses.add(new ImageUse(image, written.strip(), file, at(line), prefix + where));
        } catch (IllegalArgumentException e) {
            problem(
                    line,
                    Printable.of(where) + ": " + e.getMessage() + Oddities.invisible(written)
                            + Oddities.variable(written));
        }
        if (found.uses.size() == MAX_USES) {
            problem(line, MAX_USES + " images are named up to here; the file is not read on");
        }
    }

    /** Whether it is full: nothing is taken from now on, and a reader may stop. */
    public boolean full() {
        return found.uses.size() >= MAX_USES || found.problems.size() > MAX_PROBLEMS;
    }

    /** Says, once, that the file is a template. */
    public void template(int line) {
        if (!found.template) {
            found.template = true;
            problem(line, "this is a template, which has no images yet: give the file that is made of it");
        }
    }

    public boolean isTemplate() {
        return found.template;
    }

    /** At the line that the exception knows, otherwise at this one. */
    public void problem(int line, SourceException e) {
        int at = e.line() > 0 ? e.line() : line;
        if (e.isTemplate()) {
            template(at);
        } else {
            problem(at, e.getMessage());
        }
    }

    public void problem(int line, String message) {
        if (found.problems.size() < MAX_PROBLEMS) {
            found.problems.add(new SourceProblem(file, line == 0 && prefix.isEmpty() ? 0 : at(line), prefix + message));
        } else if (found.problems.size() == MAX_PROBLEMS) {
            found.problems.add(new SourceProblem(file, at(line), "there are more problems; the file is not read on"));
        }
    }

    private int at(int line) {
        return oneLine || line == 0 ? firstLine : firstLine + line - 1;
    }

    public SourceImages images() {
        return new SourceImages(found.uses, found.problems);
    }
}
