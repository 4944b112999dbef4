package io.jenkins.plugins.imageupdate.source.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker's reference, "Format", "Parser directives" and "Here-Documents". */
class FormatTest {
    @Test
    void instructionsHaveNoCase() {
        Reading.of("from alpine", "copy --from=nginx /a /", "Run --mount=from=debian ls", "onbuild run x")
                .finds("1 FROM alpine", "2 COPY --from nginx", "3 RUN --mount debian");
    }

    @Test
    void aLineGoesOnBehindABackslash() {
        Reading.of("FROM \\", "  alpine:3.20 \\  ", "  AS base", "FROM base").finds("1 FROM alpine:3.20");
    }

    @Test
    void linesAreJoinedWithoutASpace() {
        Reading.of("FROM alp\\", "ine", "FRO\\", "M debian").finds("1 FROM alpine", "3 FROM debian");
    }

    @Test
    void aBackslashThatIsEscapedEndsNothing() {
        Reading.of("FROM alpine", "COPY a c:\\\\", "FROM debian").finds("1 FROM alpine", "3 FROM debian");
    }

    @Test
    void commentsAndEmptyLinesWithinAnInstructionAreLeftOut() {
        Reading.of("FROM alpine", "RUN a \\", "# comment \\", "", "   # another", "  && b", "FROM debian")
                .finds("1 FROM alpine", "7 FROM debian");
    }

    @Test
    void aCommentDoesNotGoOn() {
        Reading.of("# FROM x \\", "FROM alpine").finds("2 FROM alpine");
    }

    @Test
    void whiteSpaceBeforeInstructionsAndCommentsIsNothing() {
        Reading.of("   # comment", "\t FROM\talpine", "  RUN x").finds("2 FROM alpine");
    }

    @Test
    void aHashWithinALineIsNoComment() {
        Reading.of("FROM alpine # base")
                .findsThough("Dockerfile:1: FROM: FROM takes an image, or an image, AS and the stage's name");
    }

    @Test
    void linesMayEndAsOnWindows() {
        Reading.of(
                        "# escape=`\r",
                        "FROM alpine:3.20\r",
                        "RUN a `\r",
                        "  b\r",
                        "RUN <<EOF\r",
                        "FROM x\r",
                        "EOF\r",
                        "FROM debian\r")
                .finds("2 FROM alpine:3.20", "8 FROM debian");
    }

    @Test
    void aByteOrderMarkIsNothing() {
        Reading.of("\uFEFF# escape=`", "FROM alpine").finds("2 FROM alpine");
        Reading.of("\uFEFFFROM alpine").finds("1 FROM alpine");
    }

    @Test
    void theLastLineMayGoOn() {
        Reading.of("FROM alpine \\").finds("1 FROM alpine");
    }

    @Test
    void whatIsNoInstructionIsSaid() {
        Reading.of("FROM alpine", "HELLO world")
                .findsThough("Dockerfile:2: HELLO: this is not an instruction of a Dockerfile", "1 FROM alpine");
    }

    @Test
    void everyInstructionOfTheReferenceIsKnown() {
        Reading.of(
                        "FROM alpine",
                        "ADD a b",
                        "ARG x",
                        "CMD x",
                        "COPY a b",
                        "ENTRYPOINT x",
                        "ENV a=b",
                        "EXPOSE 80",
                        "HEALTHCHECK NONE",
                        "LABEL a=b",
                        "MAINTAINER x",
                        "ONBUILD RUN x",
                        "RUN x",
                        "SHELL [\"sh\"]",
                        "STOPSIGNAL 9",
                        "USER x",
                        "VOLUME /x",
                        "WORKDIR /x")
                .finds("1 FROM alpine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#escape=`", "# escape =`", "#\tescape= `", "# ESCAPE = ` ", "#\t  eScApE=`"})
    void theEscapeDirective(String directive) {
        Reading.of(directive, "FROM alpine", "COPY a c:\\", "RUN dir `", "FROM x", "FROM debian")
                .finds("2 FROM alpine", "6 FROM debian");
    }

    @Test
    void directivesEndWithTheFirstOtherLine() {
        Reading.of("# About this file", "# escape=`", "FROM alp\\", "ine").finds("3 FROM alpine");
        Reading.of("# unknown=value", "# escape=`", "FROM alp\\", "ine").finds("3 FROM alpine");
        Reading.of("", "# escape=`", "FROM alp\\", "ine").finds("3 FROM alpine");
        Reading.of("FROM alp\\", "ine", "# syntax=docker/dockerfile:1").finds("1 FROM alpine");
    }

    @Test
    void aDirectiveStandsThereOnce() {
        Reading.of("# escape=`", "# escape=\\", "FROM alpine")
                .findsThough("Dockerfile:2: the parser directive \"escape\" may stand there once only");
    }

    @Test
    void noOtherCharacterEscapes() {
        Reading.of("# escape=x", "FROM alpine")
                .findsThough("Dockerfile:1: the escape character is a backslash or a backtick, and nothing else");
    }

    @Test
    void theFrontendsImageTakesPart() {
        Reading.of("# check=skip=all", "# syntax=docker/dockerfile:1 extra", "# escape=\\", "FROM alpine")
                .finds("2 syntax docker/dockerfile:1", "4 FROM alpine");
    }

    @Test
    void aBuildArgumentNamesAnotherFrontend() {
        Reading.with(Map.of("BUILDKIT_SYNTAX", "example.com/f:2"), "# syntax=docker/dockerfile:1", "FROM alpine")
                .finds("1 BUILDKIT_SYNTAX example.com/f:2", "2 FROM alpine");
        Reading.with(Map.of("BUILDKIT_SYNTAX", "dockerfile.v0"), "# syntax=docker/dockerfile:1", "FROM alpine")
                .finds("2 FROM alpine");
    }

    @Test
    void aHereDocumentIsNoInstruction() {
        Reading.of("FROM alpine", "RUN <<EOF", "FROM x", "COPY --from=y a b", "EOF", "FROM debian")
                .finds("1 FROM alpine", "6 FROM debian");
    }

    @Test
    void itsEndStandsAlone() {
        Reading.of("FROM alpine", "RUN <<EOF", " EOF", "FROM x", "EOF", "FROM debian")
                .finds("1 FROM alpine", "6 FROM debian");
    }

    @Test
    void tabsMayStandBeforeItsEnd() {
        Reading.of("FROM alpine", "RUN <<-EOF", "\tFROM x", "\t\tEOF", "FROM debian")
                .finds("1 FROM alpine", "5 FROM debian");
    }

    @Test
    void itsDelimiterMayBeQuoted() {
        Reading.of(
                        "FROM alpine",
                        "COPY <<\"EOF\" /a",
                        "FROM x",
                        "EOF",
                        "COPY <<-'E F' /b",
                        "FROM x",
                        "E F",
                        "FROM debian")
                .finds("1 FROM alpine", "8 FROM debian");
    }

    @Test
    void severalOfOneInstruction() {
        Reading.of(
                        "FROM alpine",
                        "RUN <<A cat > a && <<B cat > b",
                        "FROM x",
                        "B",
                        "A",
                        "FROM y",
                        "A",
                        "B",
                        "FROM debian")
                .finds("1 FROM alpine", "9 FROM debian");
    }

    @Test
    void addTakesThemToo() {
        Reading.of("FROM alpine", "ADD 3<<EOF /x", "FROM x", "EOF", "FROM debian")
                .finds("1 FROM alpine", "5 FROM debian");
    }

    @Test
    void behindOnbuildToo() {
        Reading.of("FROM alpine", "ONBUILD RUN <<EOF", "FROM x", "EOF", "FROM debian")
                .finds("1 FROM alpine", "5 FROM debian");
    }

    @Test
    void linesAreNotJoinedWithinIt() {
        Reading.of("FROM alpine", "RUN <<EOF", "a \\", "EOF", "FROM debian").finds("1 FROM alpine", "5 FROM debian");
    }

    @Test
    void whatIsNoHereDocument() {
        Reading.of(
                        "FROM alpine",
                        "RUN [\"<<EOF\"]",
                        "RUN \"<<EOF\"",
                        "RUN echo $((1<<2))",
                        "LABEL a=<<EOF",
                        "RUN cat <<<EOF",
                        "FROM debian")
                .finds("1 FROM alpine", "7 FROM debian");
    }

    @Test
    void aTestInBracketsIsNoExecForm() {
        Reading.of("FROM alpine", "RUN [ -f x ] && <<EOF cat", "FROM x", "EOF", "FROM debian")
                .finds("1 FROM alpine", "5 FROM debian");
    }

    @Test
    void oneThatDoesNotEndIsSaid() {
        Reading.of("FROM alpine", "RUN <<EOF", "FROM x")
                .findsThough("Dockerfile:2: the here-document <<EOF does not end in this file", "1 FROM alpine");
    }

    @Test
    void aMultiStageFile() {
        Reading reading = Reading.of(
                "# syntax=docker/dockerfile:1",
                "ARG GO=1.23 ALPINE",
                "FROM --platform=$BUILDPLATFORM golang:${GO}-alpine${ALPINE:-3.20} AS build",
                "RUN --mount=type=cache,target=/var/cache/go-build \\",
                "    --mount=type=bind,from=tools:2,target=/tools go build",
                "FROM scratch AS out",
                "COPY --from=build /app /",
                "COPY --from=golang:1.23-alpine3.20 /etc/ssl /etc/ssl");
        reading.finds(
                "1 syntax docker/dockerfile:1",
                "3 FROM golang:1.23-alpine3.20",
                "4 RUN --mount tools:2",
                "8 COPY --from golang:1.23-alpine3.20");
        assertEquals(3, reading.images().images().size());
    }
}
