package io.jenkins.plugins.imageupdate.source.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** White space that is not seen, scripts, templates, and files that are written for another frontend. */
class OddFilesTest {
    private static final String TEMPLATE =
            "this is a template, which has no images yet: give the file that is made of it";

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u0085", "\u2003", "\u3000", "\u202f", "\u2028", "\u000b", " \u00a0 \t"})
    void gosWhiteSpaceAtTheEndIsNothing(String space) {
        Reading.of("FROM nginx:1.27" + space, space, space + "FROM redis").finds("1 FROM nginx:1.27", "3 FROM redis");
    }

    @Test
    void anInvisibleCharacterWithinIsNamed() {
        Reading.of("FROM nginx:1.27\u00a0AS web")
                .findsThough("Dockerfile:1: FROM: FROM takes an image, or an image, AS and the stage's name; it has the"
                        + " invisible character U+00A0");
        Reading.of("FROM nginx\u200b:1.27")
                .findsThough(
                        "Dockerfile:1: FROM: \"nginx :1.27\" is not an image reference: a repository's name is"
                                + " made of lower-case letters and digits, with one \".\", \"_\" or \"__\" or any number of \"-\""
                                + " between them, and \"/\" between its parts. A valid one is gcr.io/project/app:stable; it has the invisible character U+200B");
        Reading.of("FROM nginx", "RUN\u00a0x")
                .findsThough(
                        "Dockerfile:2: RUN X: this is not an instruction of a Dockerfile; it has the invisible character"
                                + " U+00A0",
                        "1 FROM nginx");
    }

    @Test
    void aScriptsFirstLineIsPassedOverInSearchOfTheFrontend() {
        Reading.of("#!/usr/bin/env docker build", "# syntax=docker/dockerfile:1", "FROM alpine")
                .finds("2 syntax docker/dockerfile:1", "3 FROM alpine");
        Reading.of("\uFEFF#!x", "# check=skip=all", "# syntax=docker/dockerfile:1.7-labs x", "FROM alpine")
                .finds("3 syntax docker/dockerfile:1.7-labs", "4 FROM alpine");
        Reading.of("#!x", "# a comment", "# syntax=docker/dockerfile:1", "FROM alpine")
                .finds("4 FROM alpine");
    }

    /** BuildKit's parser of instructions takes the line for a comment, which ends the directives. */
    @Test
    void behindAScriptsFirstLineNoEscapeIsSet() {
        Reading.of("#!x", "# escape=`", "FROM alp\\", "ine").finds("3 FROM alpine");
    }

    @Test
    void aFileForAnotherFrontendIsSaid() {
        Reading.of("// syntax=example.com/frontend:1", "package main")
                .findsThough(
                        "Dockerfile:1: this is not a Dockerfile but a file that only its frontend can read: which other images it"
                                + " names is not known",
                        "1 syntax example.com/frontend:1");
    }

    @Test
    void aTemplateIsSaidOnce() {
        Reading.of("{{ if .Debug }}", "FROM {{ .Base }}", "{{ else }}", "FROM alpine", "{{ end }}", "{{/* x */}}")
                .findsThough("Dockerfile:1: " + TEMPLATE, "4 FROM alpine");
        Reading.of("FROM {{.Base}}", "COPY --from={{.Tools}} a b", "FROM {{ .Base }}-x AS y")
                .findsThough("Dockerfile:1: " + TEMPLATE);
        Reading.of("ARG V={{.Version}}", "FROM alpine:$V").findsThough("Dockerfile:2: " + TEMPLATE);
    }

    @Test
    void templatesOfJinjaAndErbAreTold() {
        Reading.of("{% set x = 1 %}", "FROM alpine", "{% endif %}")
                .findsThough("Dockerfile:1: " + TEMPLATE, "2 FROM alpine");
        Reading.of("FROM <%= base %>", "RUN x", "<% end %>").findsThough("Dockerfile:1: " + TEMPLATE);
    }

    @Test
    void whatIsFormattedByDockerIsNotATemplate() {
        Reading.of("FROM alpine", "RUN docker inspect -f '{{.Id}}' x", "LABEL a=\"{% b %}\"")
                .finds("1 FROM alpine");
    }

    @Test
    void otherProblemsOfATemplateAreSaidStill() {
        List<String> messages = Reading.of("{{ x }}", "FROM $NONE", "HELLO").messages();
        assertEquals(3, messages.size(), messages::toString);
    }
}
