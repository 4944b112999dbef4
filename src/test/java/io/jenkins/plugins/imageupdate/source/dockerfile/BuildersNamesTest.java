package io.jenkins.plugins.imageupdate.source.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.Platform;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names into which the builder puts what it runs on, such as {@code out-$TARGETOS}. */
class BuildersNamesTest {
    private static final String[] BY_OS = {
        "FROM alpine:3.20 AS base",
        "FROM scratch AS out-linux",
        "COPY --from=base /a /a",
        "FROM debian:12 AS out-windows",
        "FROM out-$TARGETOS AS out"
    };

    @Test
    void aNameThatCanOnlyBeAStageIsThatStage() {
        Reading.of(BY_OS).finds("1 FROM alpine:3.20", "4 FROM debian:12");
        Reading.forTarget("out", BY_OS).finds("1 FROM alpine:3.20", "4 FROM debian:12");
    }

    @Test
    void whereThePlatformIsKnownOnlyItsStageIsBuilt() {
        BuildSettings linux = new BuildSettings(Map.of(), Map.of(), "out", Platform.parse("linux/amd64"));
        Reading.with(linux, BY_OS).finds("1 FROM alpine:3.20");
        BuildSettings given = new BuildSettings(Map.of("TARGETOS", "windows"), Map.of(), "out", null);
        Reading.with(given, BY_OS).finds("4 FROM debian:12");
    }

    @ParameterizedTest
    @CsvSource({
        "build-$BUILDOS, build-linux",
        "build-${TARGETOS}-${TARGETARCH}, build-linux-amd64",
        "base-${TARGETARCH}${TARGETVARIANT}, base-armv7",
        "base-${TARGETARCH}${TARGETVARIANT}, base-arm64",
        "base${TARGETVARIANT:+-$TARGETVARIANT}, base-v7",
        "base-${TARGETARCH/amd64/x64}, base-x64",
        "x-${TARGETARCH%64}, x-amd",
        "$BUILDARCH, s390x",
        "Base-$TARGETOS, bASE-FREEBSD"
    })
    void whateverValueItHasTheStageFits(String name, String stage) {
        String[] file = {"FROM alpine AS " + stage, "FROM debian AS unrelated.1", "FROM " + name + " AS last"};
        Reading.forTarget("last", file).finds("1 FROM alpine");
    }

    @ParameterizedTest
    @CsvSource({"out-$TARGETOS, out-app", "$TARGETARCH, build", "base-$BUILDVARIANT, base-7", "x/$TARGETOS, x"})
    void aNameThatNoStageFitsIsSaid(String name, String stage) {
        List<String> messages =
                Reading.of("FROM alpine AS " + stage, "FROM " + name).messages();
        assertEquals(1, messages.size(), messages::toString);
        assertEquals(true, messages.get(0).contains(" is known to the builder only"), messages::toString);
    }

    @Test
    void aDefaultMayHoldTheNameAndOnbuildCounts() {
        Reading.forTarget(
                        "out",
                        "ARG BASE=base-$TARGETOS",
                        "FROM alpine AS base-linux",
                        "ONBUILD COPY --from=busybox /b /b",
                        "FROM $BASE AS out")
                .finds("2 FROM alpine", "3 ONBUILD COPY --from busybox");
    }

    @Test
    void aVariableOfTheFileWithoutValueStaysOne() {
        Reading.of("ARG KIND", "FROM alpine AS base-linux", "FROM base-$KIND")
                .findsThough(
                        "Dockerfile:3: FROM: KIND in base-$KIND has no value: give it among the build arguments, or a"
                                + " default by ARG before the first FROM",
                        "2 FROM alpine");
    }

    @Test
    void comparingEnds() {
        String stages = IntStream.range(0, 500)
                .mapToObj(i -> "FROM scratch AS s" + i + "\n")
                .collect(Collectors.joining());
        List<String> messages =
                Reading.of(stages + "FROM s$TARGETOSVERSION\n".repeat(130)).messages();
        assertEquals(20 + 1, messages.size());
        assertEquals(
                "Dockerfile:601: FROM: too many stages may be meant by names that only the builder can complete",
                messages.get(0));
    }

    @Test
    void triggersEnd() {
        String file = "FROM alpine AS a\n" + "ONBUILD RUN x\n".repeat(200) + "FROM a\n".repeat(60);
        assertEquals(
                "Dockerfile:252: FROM: more than 10000 ONBUILD triggers are set off in this file",
                Reading.of(file).messages().get(0));
    }
}
