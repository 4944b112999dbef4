package io.jenkins.plugins.imageupdate.source.dockerfile;

import org.junit.jupiter.api.Test;

/** {@code docker build --target}: only what the stage needs is built. */
class TargetTest {
    private static final String[] FILE = {
        "FROM golang AS build",
        "FROM alpine AS base",
        "ONBUILD COPY --from=busybox /b /b",
        "FROM node AS web",
        "FROM debian AS docs",
        "RUN --mount=from=build,target=/b ls",
        "FROM base AS app",
        "COPY --from=build /a /a",
        "COPY --from=2 /w /w",
        "FROM $UNKNOWN AS broken",
        "FROM app AS debug",
        "COPY --from=ubuntu /u /u"
    };

    @Test
    void theStageAndWhatItTakesFrom() {
        Reading.forTarget("build", FILE).finds("1 FROM golang");
        Reading.forTarget("docs", FILE).finds("1 FROM golang", "5 FROM debian");
        Reading.forTarget("app", FILE)
                .finds("1 FROM golang", "2 FROM alpine", "4 FROM node", "3 ONBUILD COPY --from busybox");
        Reading.forTarget("debug", FILE)
                .finds(
                        "1 FROM golang",
                        "2 FROM alpine",
                        "4 FROM node",
                        "3 ONBUILD COPY --from busybox",
                        "12 COPY --from ubuntu");
    }

    @Test
    void itsNameHasNoCaseAndItsNumberIsOneToo() {
        Reading.forTarget("Build", FILE).finds("1 FROM golang");
        Reading.forTarget("2", FILE).finds("4 FROM node");
    }

    @Test
    void theFrontendIsNeededForEveryStage() {
        Reading.forTarget("b", "# syntax=docker/dockerfile:1", "FROM alpine AS a", "FROM debian AS b")
                .finds("1 syntax docker/dockerfile:1", "3 FROM debian");
    }

    @Test
    void whatIsWrongElsewhereDoesNotMatter() {
        Reading.forTarget("broken", FILE)
                .findsThough("Dockerfile:10: FROM: UNKNOWN in $UNKNOWN has no value: give it among the build arguments,"
                        + " or a default by ARG before the first FROM");
    }

    @Test
    void whereThereIsNoSuchStageAllAreRead() {
        Reading.forTarget("none", "FROM alpine AS a", "FROM debian")
                .findsThough(
                        "Dockerfile: the stage none to build is missing: all stages are read",
                        "1 FROM alpine",
                        "2 FROM debian");
        Reading.forTarget("7", "FROM alpine")
                .findsThough("Dockerfile: the stage 7 to build is missing: all stages are read", "1 FROM alpine");
    }
}
