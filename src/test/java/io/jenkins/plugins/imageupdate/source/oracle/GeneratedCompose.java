package io.jenkins.plugins.imageupdate.source.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compose files as a grammar makes them, each with an {@code .env} and a file whose services it may extend. */
final class GeneratedCompose {
    static final String MAIN = "compose.yaml";
    private static final List<String> NAMES = List.of("web", "db", "cache", "worker", "web-2");

    private final Dice dice;

    private GeneratedCompose(int number) {
        dice = new Dice(number);
    }

    /** Names and contents. */
    static Map<String, String> files(int number) {
        return new GeneratedCompose(number).all();
    }

    private Map<String, String> all() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                ".env",
                "# values\nTAG=1.2\nEMPTY=\nexport KIND=alpine\nQUOTED=\"3.4\"\nSINGLE='5.6'\nFULL=app:${TAG}\n");
        files.put("common/base.yaml", services(List.of("one", "two"), List.of(), "base.yaml"));
        files.put(MAIN, main());
        return files;
    }

    private String main() {
        List<String> names = new ArrayList<>(NAMES.subList(0, 1 + dice.below(NAMES.size())));
        String anchors = dice.oneIn(3) ? "x-base: &base\n  image: " + image() + "\n  restart: always\n" : "";
        String name = dice.oneIn(4) ? "networks: {front: {}}\n" : "";
        return anchors + name + services(names, anchors.isEmpty() ? List.of() : List.of("*base"), MAIN);
    }

    private String services(List<String> names, List<String> anchors, String file) {
        StringBuilder text = new StringBuilder(dice.oneIn(5) ? "# services\nservices:\n" : "services:\n");
        List<String> before = new ArrayList<>();
        for (String name : names) {
            text.append(dice.oneIn(6) ? "  # next\n" : "")
                    .append("  ")
                    .append(name)
                    .append(":\n");
            boolean merged = !anchors.isEmpty() && dice.oneIn(2);
            boolean builds = dice.oneIn(5);
            boolean extend = dice.oneIn(3);
            if (merged) {
                text.append("    <<: ").append(dice.of(anchors)).append('\n');
            }
            if (extend && file.equals(MAIN) && (before.isEmpty() || dice.oneIn(2))) {
                text.append("    extends:\n      file: common/base.yaml\n      service: ")
                        .append(dice.of("one", "two"))
                        .append('\n');
            } else if (extend && !before.isEmpty()) {
                text.append("    extends: {service: ").append(dice.of(before)).append("}\n");
            } else if (!merged && !builds || dice.oneIn(3)) {
                text.append("    image: ").append(image()).append('\n');
            }
            if (builds) {
                text.append(dice.of("    build: .\n", "    build: {context: ., dockerfile: D}\n"));
            }
            if (dice.oneIn(4)) {
                text.append("    platform: ")
                        .append(dice.of("linux/arm64", "'linux/amd64'", "linux/${ARCH:-s390x}"))
                        .append('\n');
            }
            if (dice.oneIn(3)) {
                text.append("    environment:\n      A: \"x: y # z\"\n      IMAGE: none:1\n");
            }
            before.add(name);
        }
        return text.toString();
    }

    private String image() {
        String image = dice.oneIn(40)
                ? "app:$NONE"
                : dice.of(
                        "nginx:1.27",
                        "gcr.io/team/app:stable",
                        "localhost:5000/x/y",
                        "app:$TAG",
                        "app:${TAG}",
                        "app:${TAG}-$KIND",
                        "app:${NONE:-7}",
                        "app:${NONE-8}",
                        "app:${EMPTY:-9}",
                        "app${EMPTY}",
                        "app:${TAG:-10}",
                        "${REGISTRY:-docker.io}/library/app",
                        "app:${QUOTED}",
                        "app:$SINGLE",
                        "$FULL",
                        "app:${GIVEN}",
                        "app:${GIVEN:-1}",
                        "app@sha256:" + "0123456789abcdef".repeat(4));
        return switch (dice.below(4)) {
            case 0 -> "'" + image + "'";
            case 1 -> "\"" + image + "\"";
            case 2 -> image + dice.of("", "   # comment", "  ");
            default -> image;
        };
    }
}
