package io.jenkins.plugins.imageupdate.source.dockerfile;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Docker's reference, "COPY --from", "RUN --mount" and "ADD". */
class CopyAndMountTest {
    @Test
    void copiesFromAnImage() {
        Reading.of("FROM scratch", "COPY --from=nginx:latest /etc/nginx/nginx.conf /nginx.conf")
                .finds("2 COPY --from nginx:latest");
    }

    @Test
    void copiesFromAStage() {
        Reading.of("FROM alpine AS build", "FROM scratch", "COPY --from=build /hello /", "COPY --from=BUILD /x /")
                .finds("1 FROM alpine");
    }

    @Test
    void copiesFromAStageByItsNumber() {
        Reading.of("FROM alpine", "FROM debian", "FROM scratch", "COPY --from=0 /a /", "COPY --from=1 /b /")
                .finds("1 FROM alpine", "2 FROM debian");
    }

    @Test
    void thereIsNoSuchNumberYet() {
        Reading.of("FROM alpine", "COPY --from=0 /a /")
                .findsThough("Dockerfile:2: COPY: no stage number 0 is complete at this line", "1 FROM alpine");
    }

    @Test
    void aLaterStageOrTheOwnIsAMistake() {
        Reading.of("FROM alpine AS a", "COPY --from=b /x /", "FROM debian AS b")
                .findsThough(
                        "Dockerfile:2: COPY: the stage b is not complete at this line",
                        "1 FROM alpine",
                        "3 FROM debian");
        Reading.of("FROM alpine AS a", "COPY --from=a /x /")
                .findsThough("Dockerfile:2: COPY: the stage a is not complete at this line", "1 FROM alpine");
    }

    @Test
    void copyFromTheContextNamesNoImage() {
        Reading.of("FROM alpine", "COPY . /app", "COPY [\"a b\", \"/c\"]").finds("1 FROM alpine");
    }

    @Test
    void otherFlagsMayStandBeside() {
        Reading.of("FROM scratch", "COPY --chown=1:1 --link --from=busybox --chmod=755 [\"/bin/sh\", \"/\"]")
                .finds("2 COPY --from busybox");
    }

    @Test
    void whatLooksLikeAFlagBehindTheArgumentsIsNone() {
        Reading.of("FROM alpine", "RUN echo --mount=from=debian", "COPY a --from=debian /b", "RUN -- --mount=from=x")
                .finds("1 FROM alpine");
    }

    @Test
    void copyFromScratchIsNoImage() {
        Reading.of("FROM alpine", "COPY --from=scratch / /").finds("1 FROM alpine");
    }

    @Test
    void copyPutsInNoVariables() {
        Reading.with(Map.of("V", "1"), "ARG V", "FROM alpine", "ARG V", "COPY --from=app:$V /a /")
                .findsThough(
                        "Dockerfile:4: COPY: Docker puts no variables into app:$V: give the image a stage of its own by"
                                + " FROM, and name that",
                        "2 FROM alpine");
    }

    @Test
    void addTakesFromNoImage() {
        Reading.of("FROM alpine", "ADD --checksum=sha256:00 https://example.com/a /a", "ADD --from=debian /a /b")
                .finds("1 FROM alpine");
    }

    @Test
    void mountsAnImage() {
        Reading.of("FROM alpine", "RUN --mount=type=bind,from=debian:12,target=/d ls /d")
                .finds("1 FROM alpine", "2 RUN --mount debian:12");
    }

    @Test
    void bindIsTheTypeWhereNoneIsNamed() {
        Reading.of("FROM alpine", "RUN --mount=from=debian,target=/d ls")
                .finds("1 FROM alpine", "2 RUN --mount debian");
    }

    @Test
    void aCacheMayBeginWithAnImage() {
        Reading.of("FROM alpine", "RUN --mount=type=cache,target=/c,from=debian,source=/etc ls")
                .finds("1 FROM alpine", "2 RUN --mount debian");
    }

    @Test
    void mountsWithoutASourceNameNone() {
        Reading.of(
                        "FROM alpine",
                        "RUN --mount=type=secret,id=aws,from=a --mount=type=ssh ls",
                        "RUN --mount=type=tmpfs,target=/t,from=debian ls",
                        "RUN --mount=type=cache,target=/var/cache --mount=target=. make")
                .finds("1 FROM alpine");
    }

    @Test
    void severalMountsOfOneInstruction() {
        Reading.of(
                        "FROM alpine AS tools",
                        "FROM debian",
                        "RUN --mount=from=tools,target=/t \\",
                        "    --mount=from=busybox,target=/b \\",
                        "    --mount=type=bind,FROM=ubuntu,target=/u make")
                .finds("1 FROM alpine", "2 FROM debian", "3 RUN --mount busybox", "3 RUN --mount ubuntu");
    }

    @Test
    void optionsMayBeQuotedAsInCsv() {
        Reading.of("FROM alpine", "RUN --mount='type=bind,\"source=/a,b\",from=debian,target=/d' ls")
                .finds("1 FROM alpine", "2 RUN --mount debian");
    }

    @Test
    void mountPutsInNoVariables() {
        Reading.of("ARG V=1", "FROM alpine", "RUN --mount=from=app:${V},target=/a ls")
                .findsThough(
                        "Dockerfile:3: RUN: Docker puts no variables into app:${V}: give the image a stage of its own by"
                                + " FROM, and name that",
                        "2 FROM alpine");
    }

    @Test
    void mountFromALaterStageIsAMistake() {
        Reading.of("FROM alpine", "RUN --mount=from=b,target=/b ls", "FROM debian AS b")
                .findsThough(
                        "Dockerfile:2: RUN: the stage b is not complete at this line",
                        "1 FROM alpine",
                        "3 FROM debian");
    }

    @Test
    void aTriggerCountsWhereALaterStageSetsItOff() {
        Reading.of(
                        "FROM alpine AS base",
                        "ONBUILD COPY --from=nginx /a /",
                        "ONBUILD RUN --mount=from=busybox,target=/b ls",
                        "FROM base AS one",
                        "FROM one AS two")
                .finds("1 FROM alpine", "2 ONBUILD COPY --from nginx", "3 ONBUILD RUN --mount busybox");
    }

    @Test
    void aTriggerThatNothingHereSetsOffDoesNotCount() {
        Reading.of("FROM alpine AS base", "ONBUILD COPY --from=build /a /", "FROM debian")
                .finds("1 FROM alpine", "3 FROM debian");
    }

    @Test
    void aTriggersStageIsThatOfWhereItIsSetOff() {
        Reading.of("FROM alpine AS base", "ONBUILD COPY --from=build /a /", "FROM golang AS build", "FROM base")
                .finds("1 FROM alpine", "3 FROM golang");
    }
}
