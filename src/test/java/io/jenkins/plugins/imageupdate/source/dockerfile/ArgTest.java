package io.jenkins.plugins.imageupdate.source.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Docker's reference, "ARG", "Understand how ARG and FROM interact" and "Environment replacement". */
class ArgTest {
    private static final String NO_VALUE =
            " has no value: give it among the build arguments, or a default by ARG before the first FROM";

    @Test
    void theDefault() {
        Reading.of("ARG CODE_VERSION=latest", "FROM base:${CODE_VERSION}", "FROM extras:$CODE_VERSION")
                .finds("2 FROM base:latest", "3 FROM extras:latest");
    }

    @Test
    void theBuildArgumentCountsBeforeTheDefault() {
        Reading.with(Map.of("V", "2"), "ARG V=1", "FROM base:$V").finds("2 FROM base:2");
    }

    @Test
    void theBuildArgumentAlone() {
        Reading.with(Map.of("V", "2"), "ARG V", "FROM base:$V").finds("2 FROM base:2");
    }

    @Test
    void withoutArgTheBuildArgumentIsNotThere() {
        Reading.with(Map.of("V", "2"), "FROM base:$V").findsThough("Dockerfile:1: FROM: V in base:$V" + NO_VALUE);
    }

    @Test
    void noValueIsSaidAndNotTakenForNothing() {
        Reading.of("ARG V", "FROM base:$V").findsThough("Dockerfile:2: FROM: V in base:$V" + NO_VALUE);
        Reading.of("ARG SUFFIX", "FROM alpine$SUFFIX")
                .findsThough("Dockerfile:2: FROM: SUFFIX in alpine$SUFFIX" + NO_VALUE);
    }

    @Test
    void anEmptyValueIsOne() {
        Reading.of("ARG SUFFIX=", "FROM alpine$SUFFIX").finds("2 FROM alpine");
        Reading.of("ARG V=", "FROM $V").findsThough("Dockerfile:2: FROM: $V is empty");
    }

    @Test
    void severalInOneInstruction() {
        Reading.of("ARG A=1 B=\"two\" C='x y' D", "FROM base:$A-$B").finds("2 FROM base:1-two");
    }

    @Test
    void aDefaultMayNameEarlierOnes() {
        Reading.of("ARG A=1", "ARG B=${A}.2", "FROM base:$B").finds("3 FROM base:1.2");
    }

    @Test
    void whatIsMissingInADefaultIsMissingWhereItIsUsed() {
        Reading.of("ARG REGISTRY", "ARG IMAGE=$REGISTRY/app", "FROM alpine", "FROM $IMAGE")
                .findsThough("Dockerfile:4: FROM: REGISTRY in $IMAGE" + NO_VALUE, "3 FROM alpine");
    }

    @Test
    void aSecondDeclarationWithoutDefaultChangesNothing() {
        Reading.of("ARG A=1", "ARG A", "FROM base:$A").finds("3 FROM base:1");
    }

    @Test
    void theLastDefaultCounts() {
        Reading.of("ARG A=1", "ARG A=2", "FROM base:$A").finds("3 FROM base:2");
    }

    @Test
    void anArgWithinAStageIsNotThereForTheNextFrom() {
        Reading.of("FROM alpine", "ARG V=1", "ENV W=1", "FROM base:$V", "FROM base:$W")
                .images()
                .problems()
                .forEach(problem -> assertTrue(problem.message().endsWith(NO_VALUE), problem.message()));
        Reading.of("ARG V=1", "FROM alpine", "ARG V=2", "FROM base:$V").finds("2 FROM alpine", "4 FROM base:1");
    }

    @Test
    void theBuildersOwnVariables() {
        Reading.of("FROM base-$TARGETARCH:1")
                .findsThough(
                        "Dockerfile:1: FROM: TARGETARCH in base-$TARGETARCH:1 is known to the builder only: give it"
                                + " among the build arguments");
        Reading.with(Map.of("TARGETARCH", "arm64"), "FROM base-$TARGETARCH:1").finds("1 FROM base-arm64:1");
        Reading.of("FROM base:${TARGETARCH+any}", "ARG A=${BUILDOS:-x}").finds("1 FROM base:any");
        Reading.of("ARG A=base-$TARGETARCH", "FROM $A")
                .findsThough("Dockerfile:2: FROM: TARGETARCH in $A is known to the builder only: give it among the"
                        + " build arguments");
    }

    @Test
    void aStageMayBeNamedByAVariable() {
        Reading.of("ARG KIND=dev", "FROM alpine AS base-dev", "FROM debian AS base-prod", "FROM base-$KIND")
                .finds("2 FROM alpine", "3 FROM debian");
    }

    @Test
    void argNeedsAName() {
        Reading.of("ARG", "ARG =1", "FROM alpine").images().uses().forEach(use -> assertEquals(3, use.line()));
        assertEquals(
                List.of(
                        "Dockerfile:1: ARG: ARG takes one name or more",
                        "Dockerfile:2: ARG: ARG takes names; there is none before the \"=\""),
                Reading.of("ARG", "ARG =1", "FROM alpine").messages());
    }

    /** SET is "foobarbaz", EMPTY is empty, NONE is not set. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "$SET, foobarbaz",
                "${SET}x, foobarbazx",
                "${SET:-word}, foobarbaz",
                "${SET-word}, foobarbaz",
                "x${EMPTY:-word}, xword",
                "x${EMPTY-word}, x",
                "${NONE:-word}, word",
                "${NONE-word}, word",
                "x${NONE:-}, x",
                "${SET:+word}, word",
                "${SET+word}, word",
                "x${EMPTY:+word}, x",
                "${EMPTY+word}, word",
                "x${NONE:+word}, x",
                "x${NONE+word}, x",
                "${SET:?said}, foobarbaz",
                "x${EMPTY?said}, x",
                "${NONE:-${SET}}, foobarbaz",
                "${NONE:-$SET-x}, foobarbaz-x",
                "${NONE:-${EMPTY:-deep}}, deep",
                "${SET:-$NONE}, foobarbaz",
                "${SET#f*b}, arbaz",
                "${SET##f*b}, az",
                "${SET%b*}, foobar",
                "${SET%%b*}, foo",
                "${SET#x}, foobarbaz",
                "${SET#???}, barbaz",
                "${SET/ba/fo}, fooforbaz",
                "${SET//ba/fo}, fooforfoz",
                "${SET/b*/x}, foox",
                "${SET/q/x}, foobarbaz",
                "x\\y, xy",
                "\"x\"'y', xy",
                "\"${SET}\", foobarbaz",
                "'a'$SET, afoobarbaz"
            },
            quoteCharacter = '`')
    void modifiers(String word, String result) {
        Reading.of("ARG SET=foobarbaz EMPTY=", "FROM r/" + word).finds("2 FROM r/" + result);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "${NONE:?give-it}, NONE has no value: give-it",
                "${EMPTY:?}, EMPTY has no value: it must be given one",
                "${NONE?}, NONE has no value: it must be given one",
                "${SET, the variable in r/${SET is written in a form that Docker does not know",
                "${SET:-x, a \"}\" is missing in r/${SET:-x",
                "${}, the variable in r/${} is written in a form that Docker does not know",
                "${SET:#x}, the variable in r/${SET:#x} is written in a form that Docker does not know",
                "${SET^^}, the variable in r/${SET^^} is written in a form that Docker does not know",
                "\"x, a quote is not closed in r/\"x",
                "${NONE#x}, `NONE in r/${NONE#x} has no value: give it among the build arguments, or a default by ARG before the first FROM`"
            },
            quoteCharacter = '`')
    void whatCannotBeReplaced(String word, String problem) {
        Reading.of("ARG SET=foobarbaz EMPTY=", "FROM r/" + word).findsThough("Dockerfile:2: FROM: " + problem);
    }

    @Test
    void anEscapedDollarIsNoVariable() {
        assertEquals(
                List.of("Dockerfile:2: FROM: \"r/$SET\" is not an image reference: a repository's name has lower-case"
                        + " letters only. A valid one is gcr.io/project/app:stable"),
                Reading.of("ARG SET=1", "FROM r/\\$SET").messages());
    }

    @Test
    void variablesThatDoubleEachOtherEnd() {
        String[] lines = Stream.concat(
                        Stream.of("ARG A=xxxxxxxxxx"), IntStream.range(0, 60).mapToObj(i -> "ARG A=$A$A"))
                .toArray(String[]::new);
        assertTrue(
                Reading.of(lines).messages().contains("Dockerfile:10: ARG: the text is longer than 4096 characters"));
    }

    @Test
    void variablesAreNotNestedWithoutEnd() {
        String deep = "${A:-".repeat(500) + "x" + "}".repeat(500);
        Reading.of("FROM r/" + deep).findsThough("Dockerfile:1: FROM: variables are nested more than 50 deep");
    }
}
