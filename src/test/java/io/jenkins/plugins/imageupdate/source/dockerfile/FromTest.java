package io.jenkins.plugins.imageupdate.source.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Docker's reference, "FROM". */
class FromTest {
    private static final String DIGEST = "sha256:" + "a1".repeat(32);

    @Test
    void anImageWithATag() {
        Reading.of("FROM debian:12-slim").finds("1 FROM debian:12-slim");
    }

    @Test
    void withoutTagOrDigestItIsLatest() {
        Reading reading = Reading.of("FROM debian");
        reading.finds("1 FROM debian");
        assertEquals(
                "docker.io/library/debian:latest",
                reading.images().uses().get(0).image().reference().toString());
    }

    @Test
    void anImageWithADigest() {
        Reading.of("FROM debian@" + DIGEST).finds("1 FROM debian@" + DIGEST);
    }

    @Test
    void anImageWithTagAndDigestIsPinned() {
        Reading reading = Reading.of("FROM gcr.io/distroless/base:nonroot@" + DIGEST + " AS base");
        reading.finds("1 FROM gcr.io/distroless/base:nonroot@" + DIGEST);
        assertEquals(true, reading.images().uses().get(0).image().reference().pinned());
    }

    @Test
    void aRegistryWithAPort() {
        Reading.of("FROM registry.example.com:5000/team/app:1.2")
                .finds("1 FROM registry.example.com:5000/team/app:1.2");
    }

    @Test
    void everyStageBeginsWithOne() {
        Reading.of("FROM golang:1.23 AS build", "RUN go build", "FROM alpine:3.20", "RUN true")
                .finds("1 FROM golang:1.23", "3 FROM alpine:3.20");
    }

    @Test
    void anEarlierStageIsNoImage() {
        Reading.of("FROM ubuntu AS base", "FROM base AS dev", "FROM base AS prod")
                .finds("1 FROM ubuntu");
    }

    @Test
    void aStagesNameHasNoCase() {
        Reading.of("FROM ubuntu AS Base", "FROM base AS dev", "FROM BASE").finds("1 FROM ubuntu");
    }

    @Test
    void aLaterStageIsAnImage() {
        Reading.of("FROM base", "FROM ubuntu AS base").finds("1 FROM base", "2 FROM ubuntu");
    }

    @Test
    void aStageThatIsNamedAsItsImageMeansTheImage() {
        Reading.of("FROM golang AS golang", "FROM golang").finds("1 FROM golang");
    }

    @Test
    void asHasNoCase() {
        Reading.of("from ubuntu as base", "From base As dev").finds("1 FROM ubuntu");
    }

    @Test
    void scratchIsNoImage() {
        Reading.of("FROM scratch", "COPY app /").finds();
    }

    @Test
    void aStageNumberIsNoNameForFrom() {
        Reading.of("FROM ubuntu", "FROM 0").finds("1 FROM ubuntu", "2 FROM 0");
    }

    @Test
    void thePlatformThatIsDemanded() {
        Reading.of("FROM --platform=linux/arm/v7 alpine AS a").finds("1 FROM alpine linux/arm/v7");
    }

    @Test
    void thePlatformMayBeQuoted() {
        Reading.of("FROM --platform=\"linux/amd64\" \"alpine:3.20\"").finds("1 FROM alpine:3.20 linux/amd64");
    }

    @Test
    void aPlatformThatOnlyTheBuilderKnowsIsNone() {
        Reading.of("FROM --platform=$BUILDPLATFORM golang AS a", "FROM --platform=${TARGETPLATFORM} alpine")
                .finds("1 FROM golang", "2 FROM alpine");
        Reading.of("FROM --platform=linux/$TARGETARCH alpine").finds("1 FROM alpine");
    }

    @Test
    void theTargetsPlatformIsPutInWhereItIsKnown() {
        Reading.forPlatform(
                        "linux/arm64",
                        "FROM --platform=$TARGETPLATFORM a AS one",
                        "FROM --platform=$TARGETOS/amd64 b:$TARGETARCH",
                        "FROM --platform=$BUILDPLATFORM c")
                .finds("1 FROM a linux/arm64", "2 FROM b:arm64 linux/amd64", "3 FROM c");
    }

    @Test
    void aPlatformThatIsNoneIsSaid() {
        Reading.of("FROM --platform=arm64 alpine")
                .findsThough("Dockerfile:1: FROM: \"arm64\" is not a platform: write os/architecture or"
                        + " os/architecture/variant, such as linux/arm64, linux/arm/v7 or windows(10.0.20348)/amd64");
    }

    @Test
    void aPlatformWithoutValueIsSaid() {
        Reading.of("FROM --platform=$WHERE alpine")
                .findsThough("Dockerfile:1: FROM: WHERE in $WHERE has no value: give it among the build arguments, or a"
                        + " default by ARG before the first FROM");
    }

    @Test
    void theFlagStandsThereOnce() {
        Reading.of("FROM --platform=linux/amd64 --platform=linux/arm64 alpine")
                .findsThough("Dockerfile:1: FROM: --platform may be given once only");
        Reading.of("FROM --platform alpine")
                .findsThough("Dockerfile:1: FROM: --platform has no value: write --platform=…");
    }

    @Test
    void anImageThatIsNoneIsSaid() {
        Reading.of("FROM Debian:12", "FROM alpine")
                .findsThough(
                        "Dockerfile:1: FROM: \"Debian:12\" is not an image reference: a repository's name has"
                                + " lower-case letters only. A valid one is gcr.io/project/app:stable",
                        "2 FROM alpine");
    }

    @Test
    void itTakesOneOrThreeWords() {
        Reading.of("FROM alpine base")
                .findsThough("Dockerfile:1: FROM: FROM takes an image, or an image, AS and the stage's name");
        Reading.of("FROM").findsThough("Dockerfile:1: FROM: FROM takes an image, or an image, AS and the stage's name");
    }

    @Test
    void aStagesNameBeginsWithALetter() {
        Reading.of("FROM alpine AS 1st")
                .findsThough("Dockerfile:1: FROM: a stage's name begins with a letter and goes on with letters, digits"
                        + " and \"-_.\"");
    }

    @Test
    void onlyArgStandsBeforeIt() {
        Reading.of("RUN true", "FROM alpine")
                .findsThough("Dockerfile:1: RUN: only ARG may stand before the first FROM", "2 FROM alpine");
    }

    @Test
    void aFileWithoutOneIsSaid() {
        Reading.of("# nothing", "ARG A=1")
                .findsThough("Dockerfile: no image is named: there is no FROM that could be read");
        Reading.of("").findsThough("Dockerfile: no image is named: there is no FROM that could be read");
    }

    @Test
    void aNamedContextIsNoImage() {
        BuildSettings settings = new BuildSettings(
                Map.of(),
                Map.of("config", "./config", "alpine:3.20", "https://example.com/a.git", "build", ""),
                null,
                null);
        Reading.with(settings, "FROM alpine:3.20", "COPY --from=config /a /b", "FROM debian AS build")
                .finds();
    }

    @Test
    void aNamedContextMayBeAnotherImage() {
        BuildSettings settings = new BuildSettings(
                Map.of(),
                Map.of("tools", "docker-image://busybox:1.37", "build", "docker-image://golang:1.23"),
                null,
                null);
        Reading.with(settings, "FROM debian AS build", "FROM alpine", "COPY --from=tools /a /b")
                .finds("1 FROM golang:1.23", "2 FROM alpine", "3 COPY --from busybox:1.37");
    }
}
