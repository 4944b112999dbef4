package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.SourceText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Finds the images that a Dockerfile is built from; see the package for the rules. */
public final class DockerfileImages {
    public static final int MAX_BYTES = 1024 * 1024;

    private DockerfileImages() {}

    /**
     * Never fails: what is wrong with the file is among the problems.
     *
     * @param file its name, for messages
     * @param content the file; of a larger one, {@link #MAX_BYTES} + 1 bytes are enough
     */
    public static SourceImages read(String file, byte[] content, BuildSettings settings) {
        SourceFindings findings = new SourceFindings(file);
        try {
            read(SourceText.of(content, MAX_BYTES), settings, findings);
        } catch (SourceException e) {
            findings.problem(0, e);
        }
        return findings.images();
    }

    /** The same for a Dockerfile that stands within another file. */
    public static void read(String text, BuildSettings settings, SourceFindings findings) throws SourceException {
        List<String> lines = lines(text);
        ParserDirectives directives = ParserDirectives.of(lines);
        if (directives.foreign()) {
            findings.use(directives.syntaxLine(), "syntax", String.valueOf(directives.syntax()), null);
            findings.problem(
                    directives.syntaxLine(),
                    "this is not a Dockerfile but a file that only its frontend can read: which other images it names is not known");
            return;
        }
        List<Instruction> instructions = instructions(lines, directives, findings);
        Set<Integer> needed = needed(instructions, settings, directives, findings);
        new DockerfileWalk(findings, settings, directives, needed).walk(instructions);
    }

    /** What the target needs; null for everything. */
    @CheckForNull
    private static Set<Integer> needed(
            List<Instruction> instructions,
            BuildSettings settings,
            ParserDirectives directives,
            SourceFindings findings) {
        String target = settings.target();
        if (target == null) {
            return null;
        }
        Stages stages = new DockerfileWalk(new SourceFindings(""), settings, directives, null).walk(instructions);
        Set<Integer> needed = stages.neededFor(target);
        if (needed.isEmpty()) {
            findings.problem(0, "the stage " + Printable.of(target) + " to build is missing: all stages are read");
            return null;
        }
        return needed;
    }

    private static List<String> lines(String text) {
        return Arrays.asList(text.split("\n", -1));
    }

    /** Up to the first that cannot be told from what follows it. */
    private static List<Instruction> instructions(
            List<String> lines, ParserDirectives directives, SourceFindings findings) {
        List<Instruction> instructions = new ArrayList<>();
        InstructionReader reader = new InstructionReader(lines, directives.escape());
        try {
            for (Instruction next = reader.next(); next != null; next = reader.next()) {
                instructions.add(next);
            }
        } catch (SourceException e) {
            findings.problem(0, e);
        }
        return instructions;
    }
}
