package io.jenkins.plugins.imageupdate.source.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Dockerfiles as a grammar makes them: stages, arguments, continued lines, comments, here-documents. */
final class GeneratedDockerfile {
    private static final Map<String, String> VALUES = Map.of(
            "$NAME", "app",
            "${NAME}:$VERSION", "app:1.2",
            "${NAME}:${VERSION:-9}", "app:1.2",
            "${NONE:-debian}:12", "debian:12",
            "x/${NAME}-y:1", "x/app-y:1",
            "$FULL", "app:1.2",
            "\"quoted:1\"", "quoted:1");

    private final Dice dice;
    private final List<String> stages = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private GeneratedDockerfile(int number) {
        dice = new Dice(number);
    }

    static String text(int number) {
        return new GeneratedDockerfile(number).all();
    }

    /** The same file up to its first FROM, which is all that a builder without the images can tell of. */
    static String start(int number) {
        GeneratedDockerfile file = new GeneratedDockerfile(number);
        file.arguments();
        file.dice.below(4);
        file.from(0);
        return file.text.toString();
    }

    /** What a name means, with the values that all the files give. */
    static String value(String written) {
        return VALUES.getOrDefault(written, written);
    }

    private String all() {
        arguments();
        int count = 1 + dice.below(4);
        stages(count);
        return text.toString();
    }

    private void arguments() {
        text.append(dice.oneIn(4) ? "# syntax=docker/dockerfile:1\n" : "").append(dice.oneIn(4) ? "# about\n\n" : "");
        text.append("ARG VERSION=").append(dice.of("1.2", "\"1.2\"", "'1.2'")).append('\n');
        text.append("ARG NAME=app\n").append("ARG FULL=${NAME}:$VERSION\n");
    }

    private void stages(int count) {
        for (int i = 0; i < count; i++) {
            int before = stages.size();
            from(i);
            // A stage is complete where the next one begins.
            List<String> complete = stages.subList(0, before);
            int commands = dice.below(4);
            for (int c = 0; c < commands; c++) {
                command(complete);
            }
        }
    }

    private void from(int number) {
        String image = !stages.isEmpty() && dice.oneIn(4)
                ? dice.of(stages)
                : dice.of(
                        "alpine:3.20",
                        "gcr.io/team/app:1",
                        "$NAME",
                        "${NAME}:$VERSION",
                        "${NAME}:${VERSION:-9}",
                        "${NONE:-debian}:12",
                        "x/${NAME}-y:1",
                        "$FULL",
                        "\"quoted:1\"",
                        "scratch");
        String name = "stage" + number;
        String as = dice.oneIn(2) ? dice.of(" AS ", " as ", "\tAS  ") + name : "";
        boolean broken = dice.oneIn(5);
        text.append(dice.of("FROM", "from", "  FROM"))
                .append(broken ? " \\\n  " : dice.of(" ", "  ", "\t"))
                .append(dice.oneIn(8) ? "--platform=linux/amd64 " : "")
                .append(image)
                .append(as)
                .append(dice.of("\n", "  \n", "\n\n"));
        if (!as.isEmpty()) {
            stages.add(name);
        }
    }

    private void command(List<String> complete) {
        String from = !complete.isEmpty() && dice.oneIn(2) ? dice.of(complete) : "tools:2";
        text.append(dice.of(
                "RUN echo FROM no\n",
                "RUN a \\\n  # FROM no\n  && b\n",
                "RUN <<EOF\nFROM no\nEOF\n",
                "COPY <<-'END' /x\n\tFROM no\n\tEND\n",
                "ENV A=1 \\\n    B=2\n",
                "LABEL x=\"FROM no\"\n",
                "# FROM no\n",
                "CMD [\"a\", \"FROM no\"]\n",
                "COPY --chown=1 a /a\n"));
        if (dice.oneIn(3)) {
            text.append("COPY ").append(dice.oneIn(2) ? "--chown=1 " : "").append("--from=" + from + " /a /b\n");
        }
    }
}
