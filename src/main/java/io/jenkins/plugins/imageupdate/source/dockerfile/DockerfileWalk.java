package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.Oddities;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Goes through the instructions of one Dockerfile; a faulty one is said and passed over. */
final class DockerfileWalk {
    private static final Set<String> OTHERS = Set.of(
            "ADD",
            "CMD",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");
    private static final Pattern STAGE_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]*");
    private static final String NO_IMAGE = "scratch";
    private static final String IMAGE_CONTEXT = "docker-image://";
    /** Build argument that names another frontend than the file; this value of it names the builder's own. */
    private static final String SYNTAX_ARGUMENT = "BUILDKIT_SYNTAX";

    private static final String OWN_SYNTAX = "dockerfile.v0";

    private final SourceFindings findings;
    private final BuildSettings settings;
    private final ParserDirectives directives;
    private final Variables variables;
    private final Set<Integer> needed;

    /** For findings that are not needed and never read. */
    private final SourceFindings ignored = new SourceFindings("");

    /** @param needed numbers of the stages that are of interest; null for all */
    DockerfileWalk(
            SourceFindings findings,
            BuildSettings settings,
            ParserDirectives directives,
            @CheckForNull Set<Integer> needed) {
        this.findings = findings;
        this.needed = needed;
        this.settings = settings;
        this.directives = directives;
        variables = new Variables(settings, directives.escape());
    }

    Stages walk(List<Instruction> instructions) {
        frontend();
        Stages stages = new Stages(instructions);
        for (Instruction instruction : instructions) {
            if (findings.full()) {
                return stages;
            }
            try {
                visit(instruction, stages);
            } catch (SourceException e) {
                findings(stages).problem(0, e.at(instruction.line(), shown(instruction)));
            }
        }
        if (stages.isEmpty() && !findings.isTemplate()) {
            findings.problem(0, "no image is named: there is no FROM that could be read");
        }
        return stages;
    }

    /** Where to say what the current stage names. */
    private SourceFindings findings(Stages stages) {
        boolean counts = needed == null
                || stages.isEmpty()
                || needed.contains(stages.current().number());
        return counts ? findings : ignored;
    }

    private void frontend() {
        String given = settings.buildArgs().get(SYNTAX_ARGUMENT);
        String image = given == null ? directives.syntax() : given;
        if (image != null && !image.equals(OWN_SYNTAX)) {
            findings.use(directives.syntaxLine(), given == null ? "syntax" : SYNTAX_ARGUMENT, image, null);
        }
    }

    private void visit(Instruction instruction, Stages stages) throws SourceException {
        String name = instruction.name();
        boolean known = OTHERS.contains(name)
                || Set.of("ARG", "FROM", "COPY", "RUN", "ONBUILD").contains(name);
        if (Oddities.template(known ? image(instruction) : instruction.name())) {
            template(instruction, stages);
            return;
        }
        if (!known) {
            throw new SourceException(
                    "this is not an instruction of a Dockerfile" + Oddities.invisible(instruction.name()));
        }
        if (stages.isEmpty() && name.equals("ARG")) {
            variables.declare(instruction.arguments());
        } else if (name.equals("FROM")) {
            from(instruction, stages);
        } else if (stages.isEmpty()) {
            throw new SourceException("only ARG may stand before the first FROM");
        } else if (name.equals("ONBUILD")) {
            stages.current().triggers().add(instruction.trigger(directives.escape()));
        } else {
            command(instruction, stages, "");
        }
    }

    /** What of an instruction is, or becomes, the name of an image. */
    private static String image(Instruction instruction) {
        return instruction.name().equals("FROM") ? instruction.arguments() : "";
    }

    private void template(Instruction instruction, Stages stages) {
        if (instruction.name().equals("FROM")) {
            stages.begin();
        }
        findings(stages).template(instruction.line());
    }

    private void from(Instruction instruction, Stages stages) throws SourceException {
        String[] words = instruction.words();
        boolean named = words.length == 3 && words[1].equalsIgnoreCase("AS");
        String stageName = named && STAGE_NAME.matcher(words[2]).matches() ? words[2] : null;
        stages.begin();
        try {
            if (words.length != 1 && !named || words[0].isEmpty()) {
                throw new SourceException("FROM takes an image, or an image, AS and the stage's name"
                        + Oddities.invisible(instruction.arguments()));
            }
            if (named && stageName == null) {
                throw new SourceException(
                        "a stage's name begins with a letter and goes on with letters, digits and \"-_.\"");
            }
            base(instruction, words[0], stageName, stages);
        } finally {
            // Only now: FROM golang AS golang means the image.
            stages.nameCurrent(stageName);
        }
    }

    private void base(Instruction instruction, String written, @CheckForNull String stageName, Stages stages)
            throws SourceException {
        String platform = platform(instruction.value("platform"));
        Expanded expanded = variables.expand(written);
        List<Stages.Stage> bases = stages.bases(expanded.text(), ofBuilder(expanded));
        for (Stages.Stage base : bases) {
            for (Instruction trigger : base.triggers()) {
                stages.countTrigger();
                command(trigger, stages, "ONBUILD ");
            }
        }
        if (bases.isEmpty()) {
            String image = known(expanded, written);
            boolean replaced = stageName != null && settings.contexts().containsKey(stageName);
            use(instruction.line(), "FROM", replaced ? stageName : image, platform, stages);
        }
    }

    /** Null where none is named, or one that only the builder knows. */
    @CheckForNull
    private String platform(@CheckForNull String written) throws SourceException {
        if (written == null) {
            return null;
        }
        Expanded platform = variables.expand(written);
        return ofBuilder(platform) ? null : known(platform, written);
    }

    /** Whether a value is missing, and the builder gives it. */
    private static boolean ofBuilder(Expanded text) {
        return !text.missing().isEmpty() && text.missing().stream().allMatch(AutomaticVariables::contains);
    }

    private static String known(Expanded expanded, String written) throws SourceException {
        String shown = Printable.of(written);
        if (!expanded.missing().isEmpty()) {
            String name = expanded.missing().iterator().next();
            String in = Printable.of(name) + " in " + shown;
            throw new SourceException(
                    AutomaticVariables.contains(name)
                            ? in + " is known to the builder only: give it among the build arguments"
                            : in + " has no value: give it among the build arguments, or a default by ARG before the"
                                    + " first FROM");
        }
        if (expanded.text().isBlank()) {
            throw new SourceException(shown + " is empty");
        }
        return expanded.text();
    }

    private void command(Instruction instruction, Stages stages, String prefix) throws SourceException {
        if (instruction.name().equals("COPY")) {
            String from = instruction.value("from");
            if (from != null && !stages.copiedByNumber(from)) {
                source(instruction.line(), prefix + "COPY --from", from, stages);
            }
        } else if (instruction.name().equals("RUN")) {
            for (String mount : instruction.values("mount")) {
                String from = Mount.from(mount);
                if (from != null) {
                    source(instruction.line(), prefix + "RUN --mount", from, stages);
                }
            }
        }
    }

    private void source(int line, String where, String from, Stages stages) throws SourceException {
        if (from.indexOf('$') >= 0) {
            throw new SourceException("Docker puts no variables into " + Printable.of(from)
                    + ": give the image a stage of its own by FROM, and name that");
        }
        if (!stages.copiedByName(from)) {
            use(line, where, from, null, stages);
        }
    }

    private void use(int line, String where, String name, @CheckForNull String platform, Stages stages) {
        String context = settings.contexts().get(name);
        if (context == null && !name.equals(NO_IMAGE)) {
            findings(stages).use(line, where, name, platform);
        } else if (context != null && context.startsWith(IMAGE_CONTEXT)) {
            findings(stages).use(line, where, context.substring(IMAGE_CONTEXT.length()), platform);
        }
    }

    private static String shown(Instruction instruction) {
        return Printable.of(instruction.name()) + ": ";
    }
}
