package io.jenkins.plugins.imageupdate.source.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Compose file reference, "Include", "Extends" and "Build", and what stands in {@code .env}. */
class ComposeFilesTest {
    @Test
    void aDockerfileInTheFileIsRead() {
        Reading.of("""
                services:
                  app:
                    image: our/product
                    build:
                      context: .
                      args: [BASE=alpine]
                      dockerfile_inline: |
                        ARG BASE
                        FROM $${BASE}:3.20
                        COPY --from=tools /a /a
                        FROM debian AS last
                      additional_contexts:
                        tools: docker-image://busybox:1.36
                        unused: docker-image://unused
                """)
                .finds(
                        "9 services.app FROM alpine:3.20",
                        "10 services.app COPY --from busybox:1.36",
                        "11 services.app FROM debian");
        Reading.of(
                        "services:\n  a:\n    build:\n      target: one\n      dockerfile_inline: \"FROM x AS one\\nFROM y\"\n")
                .finds("5 services.a FROM x");
    }

    @Test
    void imagesAmongTheContextsAreRead() {
        Reading.of("""
                services:
                  a:
                    build:
                      context: .
                      additional_contexts:
                        base: docker-image://alpine:3.20
                        src: ../src
                        other: service:b
                  b:
                    build:
                      context: .
                      additional_contexts:
                        - base=docker-image://debian:12
                        - src=https://example.com/x.git
                """).finds("6 services.a context base alpine:3.20", "13 services.b context base debian:12");
    }

    @Test
    void imageVolumesAndHooks() {
        Reading.of("""
                services:
                  a:
                    image: app
                    volumes:
                      - data:/data
                      - type: image
                        source: example.com/models:3
                        target: /models
                      - {type: bind, source: ./x, target: /x}
                    pre_start:
                      - image: migrate:1
                        command: up
                      - command: x
                    post_start: [{command: y, image: "after:2"}]
                """)
                .finds(
                        "3 services.a app",
                        "7 services.a volume example.com/models:3",
                        "11 services.a pre_start migrate:1",
                        "14 services.a post_start after:2");
    }

    @Test
    void anEnvFileBesideTheFileGivesValues() throws SourceException {
        String env = """
                # versions
                TAG=1.27
                export KIND="alpine"   # comment
                FULL=nginx:${TAG}-$KIND
                LITERAL='nginx:$TAG'
                DEFAULT=${NONE:-x}
                YAML: five
                HASH=a#b # c
                ESCAPED="a\\$b"
                ALONE
                UNKNOWN=$NONE
                """;
        String text = """
                services:
                  a: {image: "nginx:$TAG"}
                  b: {image: "$FULL"}
                  c: {image: "x:$DEFAULT"}
                  d: {image: "x:$YAML"}
                  e: {image: "x:${ALONE:-alone}"}
                """;
        Reading reading = Reading.among(Map.of("deploy/.env", env), "deploy/compose.yaml", text);
        assertEquals(List.of(), reading.messages());
        assertEquals(
                List.of("nginx:1.27", "nginx:1.27-alpine", "x:x", "x:five", "x:alone"),
                reading.images().uses().stream().map(use -> use.written()).toList());
        Map<String, String> values = new HashMap<>();
        EnvFile.read(env, Map.of("TAG", "2"), values);
        assertEquals("nginx:2-alpine", values.get("FULL"));
        assertEquals("nginx:$TAG", values.get("LITERAL"));
        assertEquals("a#b", values.get("HASH"));
        assertEquals("a$b", values.get("ESCAPED"));
        assertFalse(values.containsKey("UNKNOWN"));
    }

    @Test
    void buildArgsCountBeforeTheEnvFile() {
        Reading.among(Map.of("TAG", "2"), Map.of(".env", "TAG=1\n"), "app.yaml", "services: {a: {image: 'x:$TAG'}}")
                .finds("1 services.a x:2");
    }

    @Test
    void aPlatformThatIsNotKnownDoesNotHideTheImage() {
        Reading.of("services:\n  a:\n    image: x\n    platform: $PLATFORM\n")
                .findsThough(
                        "app.yaml:4: services.a: platform: PLATFORM in $PLATFORM has no value: give it by buildArgs, in"
                                + " the file .env beside the Compose file, or as a default by ${NAME:-default}; the"
                                + " build's environment is not read",
                        "3 services.a x");
    }

    @Test
    void includedFilesAreRead() {
        Map<String, String> files = Map.of(
                "infra/compose.yaml", "include: [../more.yaml]\nservices:\n  db: {image: 'postgres:$PG'}\n",
                "infra/.env", "PG=17\n",
                "more.yaml", "services:\n  cache: {image: redis}\n",
                "a.yaml", "services:\n  one: {image: 'x:1'}\n  two: {image: 'y:1'}\n",
                "b.yaml", "services:\n  one:\n    image: x:2\n",
                "env/e", "V=3\n",
                "c.yaml", "services:\n  three:\n    image: z:$V\n");
        Reading.among(files, "app.yaml", """
                include:
                  - infra/compose.yaml
                  - path: [a.yaml, ./b.yaml]
                  - path: c.yaml
                    env_file: env/e
                services:
                  web: {image: nginx}
                """)
                .finds(
                        "more.yaml:2 services.cache redis",
                        "infra/compose.yaml:3 services.db postgres:17",
                        "b.yaml:3 services.one x:2",
                        "a.yaml:3 services.two y:1",
                        "c.yaml:3 services.three z:3",
                        "7 services.web nginx");
    }

    @Test
    void aServiceTakesOverWhatItExtends() {
        Map<String, String> files = Map.of("common/base.yaml", """
                services:
                  base:
                    image: base:${TAG:-1}
                    platform: linux/arm64
                  built:
                    build: .
                    image: ours
                  chained: {extends: base}
                """);
        Reading.among(files, "app.yaml", """
                services:
                  a:
                    extends: {file: common/base.yaml, service: base}
                  b:
                    image: own:2
                    extends: {file: common/base.yaml, service: base}
                  c:
                    image: ours:dev
                    extends: {file: common/base.yaml, service: built}
                  d: {extends: {file: common/base.yaml, service: chained}}
                  e: {extends: c}
                  f: {extends: {service: b}, platform: !reset null}
                  g:
                    extends: {file: common/base.yaml, service: built}
                    build: !reset null
                    image: now:1
                """)
                .finds(
                        "common/base.yaml:3 services.a base:1 linux/arm64",
                        "5 services.b own:2 linux/arm64",
                        "common/base.yaml:3 services.d base:1 linux/arm64",
                        "5 services.f own:2",
                        "16 services.g now:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd", "../x.yaml", "a/../../x.yaml", "C:\\x", "\\\\host\\x", "~/x", "a\\..\\..\\x"})
    void filesOutsideOfTheWorkspaceAreNotRead(String path) {
        List<String> messages = Reading.among(
                        Map.of(), "app.yaml", "include: ['" + path + "']\nservices: {a: {image: x}}\n")
                .messages();
        assertEquals(1, messages.size());
        assertEquals("app.yaml:1: include: " + path + " leads out of the workspace and is not read", messages.get(0));
    }

    @Test
    void whatIsNotAFileOrNotThereIsSaid() {
        assertEquals(
                List.of(
                        "app.yaml:1: include: oci://example.com/x is not a file of the workspace and is not read",
                        "app.yaml:1: include: the workspace does not have the file none.yaml",
                        "app.yaml:3: services.a: extends: the workspace does not have the file other.yaml",
                        "app.yaml:4: services.b: extends: the service none to extend is missing"),
                Reading.among(Map.of(), "app.yaml", """
                        include: ["oci://example.com/x", none.yaml]
                        services:
                          a: {extends: {file: other.yaml, service: x}}
                          b: {extends: none}
                        """).messages());
    }

    @Test
    void filesThatNameEachOtherEnd() {
        Map<String, String> files = Map.of(
                "app.yaml", "include: [app.yaml]\nservices: {}\n",
                "x.yaml", "services: {x: {extends: {file: x.yaml, service: x}}}\n");
        Reading.among(files, "app.yaml", files.get("app.yaml"))
                .findsThough("app.yaml:1: include: files include each other more than 10 deep");
        Reading.among(files, "app.yaml", "services: {a: {extends: {file: x.yaml, service: x}}}")
                .findsThough("app.yaml:1: services.a: services extend each other without end");
    }

    @Test
    void noMoreThanAHundredOtherFilesAreRead() {
        Map<String, String> files =
                IntStream.range(0, 200).boxed().collect(Collectors.toMap(i -> "f" + i, i -> "services: {}\n"));
        String include = "include: [" + String.join(", ", files.keySet()) + "]\nservices: {a: {image: x}}\n";
        List<String> messages = Reading.among(files, "app.yaml", include).messages();
        assertEquals(
                "app.yaml:1: include: more than 100 other files, or too large ones, belong to this file; they are not"
                        + " read",
                messages.get(0));
    }

    @Test
    void anEnvFileThatGrowsWithoutEndIsRefused() {
        String env = "A=" + "a".repeat(50_000) + "\n"
                + IntStream.range(0, 1_000).mapToObj(i -> "B" + i + "=$A\n").collect(Collectors.joining());
        List<String> messages = Reading.among(Map.of(".env", env), "app.yaml", "services: {a: {image: 'x:$B999'}}")
                .messages();
        assertEquals(List.of("app.yaml:1: services.a: .env: the values are longer than 1000000 characters"), messages);
    }

    @Test
    void servicesThatAreAListAreNotCompose() {
        Reading.of("services:\n  - postgres\n")
                .findsThough("app.yaml:2: services is not a mapping, so this is not a Compose file");
    }
}
