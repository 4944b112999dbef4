package io.jenkins.plugins.imageupdate.source.manifests;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Compose file reference, "Services" and "Interpolation". */
class ComposeTest {
    @Test
    void everyServicesImage() {
        Reading.of("""
                name: shop
                services:
                  web:
                    image: nginx:1.27
                  db:
                    image: "postgres:17"
                    platform: linux/arm64
                volumes: {data: {}}
                """).finds("4 services.web nginx:1.27", "6 services.db postgres:17 linux/arm64");
    }

    @Test
    void aServiceThatIsBuiltNamesItsOwnProduct() {
        Reading.of("""
                services:
                  app:
                    build: .
                  web:
                    image: example.com/web:1
                    build: {context: web}
                  db: {image: redis}
                  unset: {image: , build: null}
                  provided: {provider: {type: x}}
                """).finds("7 services.db redis");
    }

    @Test
    void anchorsAndMergedMappings() {
        Reading.of("""
                x-base: &base
                  image: base:1
                  restart: always
                x-arm: &arm {platform: linux/arm64, image: never}
                services:
                  one: *base
                  two:
                    <<: *base
                    command: x
                  three:
                    image: own:3
                    <<: [*base, *arm]
                  four: {<<: [*base, *arm]}
                """)
                .finds(
                        "2 services.one base:1",
                        "2 services.two base:1",
                        "11 services.three own:3 linux/arm64",
                        "2 services.four base:1 linux/arm64");
    }

    @Test
    void mappingsThatMergeThemselvesAreSaid() {
        Reading.of("""
                services:
                  a: &a
                    <<: *a
                  b: {image: redis}
                """)
                .findsThough(
                        "app.yaml:2: services.a: mappings are merged into each other without end",
                        "4 services.b redis");
    }

    @Test
    void aServiceThatHoldsItselfIsHarmless() {
        Reading.of("services: &s\n  a: *s\n  b: {image: redis}\n").finds("3 services.b redis");
    }

    /** The reference's "Merge": {@code !reset} takes a value away, {@code !override} puts one in. */
    @Test
    void tagsOfCompose() {
        Reading.of("services:\n  a: {image: !reset null}\n  b: {image: !override x, build: !reset {}}\n")
                .finds("3 services.b x");
    }

    @Test
    void anImageThatIsNoText() {
        Reading.of("services:\n  a:\n    image: [x]\n  b:\n    image: 'No Name'\n")
                .images()
                .uses()
                .forEach(use -> {
                    throw new AssertionError(use);
                });
        Reading.of("services:\n  a:\n    image: [x]\n").findsThough("app.yaml:3: services.a: image is not text");
    }

    @Test
    void anImageThatIsNoneIsSaid() {
        Reading.of("services:\n  a:\n    image: Shop\n")
                .findsThough("app.yaml:3: services.a: \"Shop\" is not an image reference: a repository's name has"
                        + " lower-case letters only. A valid one is gcr.io/project/app:stable");
    }

    @Test
    void aPlatformThatIsNoneIsSaid() {
        Reading.of("services:\n  a:\n    image: app\n    platform: arm64\n")
                .findsThough("app.yaml:3: services.a: \"arm64\" is not a platform: write os/architecture or"
                        + " os/architecture/variant, such as linux/arm64, linux/arm/v7 or windows(10.0.20348)/amd64");
    }

    /** SET is "1.2", EMPTY is empty, NONE is not set. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "app:$SET, app:1.2",
                "app:${SET}, app:1.2",
                "app:${SET}-x, app:1.2-x",
                "app:${SET:-3}, app:1.2",
                "app:${EMPTY:-3}, app:3",
                "app${EMPTY-3}, app",
                "app${EMPTY}, app",
                "app:${NONE:-3}, app:3",
                "app:${NONE-3}, app:3",
                "app:${NONE:-${SET}}, app:1.2",
                "app:${NONE:-${EMPTY:-4}}, app:4",
                "app:${NONE:-$SET-y}, app:1.2-y",
                "app${NONE:-}, app",
                "app${SET:+-x}, app-x",
                "app${EMPTY:+-x}, app",
                "app${EMPTY+-x}, app-x",
                "app${NONE+-x}, app",
                "app:${SET:?said}, app:1.2",
                "app:${SET:-$NONE}, app:1.2"
            })
    void interpolation(String written, String image) {
        Reading.with(Map.of("SET", "1.2", "EMPTY", ""), "services:\n  a:\n    image: " + written + "\n")
                .finds("3 services.a " + image);
    }

    private static final String WHERE_FROM = ": give it by buildArgs, in the file .env beside the Compose file, or as a"
            + " default by ${NAME:-default}; the build's environment is not read";

    @ParameterizedTest
    @CsvSource(
            value = {
                "app:$NONE | NONE in app:$NONE has no value" + WHERE_FROM,
                "app:${NONE:-$X} | X in app:${NONE:-$X} has no value" + WHERE_FROM,
                "app:${NONE:?set a tag} | NONE has no value: set a tag",
                "app:${NONE?} | NONE has no value: it must be given one",
                "app:${EMPTY:?} | EMPTY has no value: it must be given one",
                "app:${SET/1/2} | the variable in app:${SET/1/2} is written in a form that Compose does not know",
                "app:${SET | the variable in app:${SET is written in a form that Compose does not know",
                "app:${} | the variable in app:${} is written in a form that Compose does not know",
                "app:${1X} | the variable in app:${1X} is written in a form that Compose does not know"
            },
            delimiter = '|')
    void whatCannotBePutIn(String written, String problem) {
        Reading.with(Map.of("SET", "1.2", "EMPTY", ""), "services:\n  a:\n    image: " + written + "\n")
                .findsThough("app.yaml:3: services.a: " + problem);
    }

    @Test
    void twoDollarsAreOne() {
        Reading.with(Map.of("SET", "1"), "services:\n  a:\n    image: app:$$SET\n")
                .findsThough(
                        "app.yaml:3: services.a: \"app:$SET\" is not an image reference: a tag has 1 to 128 letters,"
                                + " digits, \"_\", \".\" or \"-\" and starts with none of the last two. A valid one is"
                                + " gcr.io/project/app:stable");
    }

    @Test
    void nestingEnds() {
        String deep = "${A:-".repeat(60) + "x" + "}".repeat(60);
        Reading.of("services:\n  a:\n    image: " + deep + "\n")
                .findsThough("app.yaml:3: services.a: variables are nested more than 50 deep");
    }
}
