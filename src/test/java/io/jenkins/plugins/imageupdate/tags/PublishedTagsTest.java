package io.jenkins.plugins.imageupdate.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.TagList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of policy on tags that were really published; README.md beside the lists says where that is written. */
class PublishedTagsTest {
    /** image | the tag on it | range | what is chosen, empty for nothing */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "nginx | 1.25 | * | 1.31.4",
                "nginx | latest | ~1.26 | 1.26.3",
                "nginx | 1.25-alpine-slim | 1.x | 1.31.4-alpine-slim",
                "nginx | 1.25 | >=4 | ''",
                "redis | 7 | ^7.2 | 7.4.11",
                "redis | 8 | >=8.0-milestone <8.0-rc.9 | 8.0-rc1",
                "postgres | 16-alpine | ^16 | 16.15-alpine",
                "postgres | 18 | >=19-alpha | 19beta3",
                "python | 3.12 | ~3.12 | 3.12.14",
                "python | 3.12-slim-bookworm | 3.x | 3.14.7-slim-bookworm",
                "python | 3.14 | >=3.15-alpha | 3.15.0rc1",
                "node | 22 | 22.x | 22.23.2",
                "golang | 1.26-alpine | ^1 | 1.27.0-alpine",
                "golang | 1.25 | =1.25.0-rc.2 | 1.25rc2",
                "eclipse-temurin | 21-jdk | ^21 | 21.0.12_8-jdk",
                "eclipse-temurin | 21-jre-alpine | ^21 | 21.0.12_8-jre-alpine",
                "alpine | 3.20 | * | 3.24.1",
                "alpine | 3.20 | >=3 | 3.24.1",
                "alpine | 20240606 | >=3 | 20260805",
                "alpine | edge | >=20200101 | 20260805",
                "debian | 12-slim | ^12 | 12.15-slim",
                "distroless-static-debian12 | nonroot | * | ''",
                "kubernetes-conformance | v1.20.0 | >=1.19 <1.22 | v1.21.14",
                "kubernetes-conformance | v1.20.0 | >=1.22.0-alpha <=1.22.0-rc | v1.22.0-beta.2",
                "kubernetes-pause | 3.5 | ~3.4 | 3.4.1",
                "kubernetes-pause | 3.5 | 3 | 3.9"
            })
    void semver(String image, String written, String range, String chosen) {
        chooses(image, written, TagPolicy.semver(range, null, TagFilter.none()), chosen);
    }

    /** image | expression | sort | what is chosen */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "nginx | ^1\\.\\d*[02468]\\.\\d+$ | NUMERIC | 1.30.4",
                "nginx | ^1\\.\\d+$ | LEXICAL | 1.9",
                "nginx | ^([\\d.]+)-alpine3\\.24$ | SEMVER | 1.31.4-alpine3.24",
                "nginx | ^1\\.31 | SEMVER | 1.31.4",
                "redis | ^\\d+-32bit$ | NUMERIC | 5-32bit",
                "redis | ^\\d+\\.\\d+$ | LEXICAL | 8.8",
                "redis | '^8\\.0-(?:M|rc)\\d+$' | SEMVER | 8.0-rc1",
                "postgres | ^\\d+$ | NUMERIC | 18",
                "postgres | ^\\d+$ | LEXICAL | 9",
                "postgres | '^\\d+(?:beta|rc)\\d+$' | SEMVER | 19beta3",
                "python | ^\\d+\\.\\d+$ | NUMERIC | 3.14",
                "python | ^\\d+\\.\\d+$ | LEXICAL | 3.9",
                "python | slim | SEMVER | ''",
                "node | ^\\d+-slim$ | NUMERIC | 26-slim",
                "node | ^\\d+-slim$ | LEXICAL | 9-slim",
                "node | -bookworm-slim$ | SEMVER | 26.7.0-bookworm-slim",
                "golang | ^1\\.\\d+$ | NUMERIC | 1.27",
                "golang | ^tip-\\d+$ | LEXICAL | tip-20260815",
                "golang | ^1\\.\\d+rc\\d+$ | SEMVER | 1.27rc3",
                "eclipse-temurin | ^8u(\\d+)-b(\\d+)-jdk$ | NUMERIC | 8u502-b07-jdk",
                "eclipse-temurin | ^8u\\d+-b\\d+-jre$ | LEXICAL | 8u502-b07-jre",
                "eclipse-temurin | ^17\\.[\\d._]+-jdk$ | SEMVER | 17.0.20_8-jdk",
                "alpine | ^\\d{8}$ | NUMERIC | 20260805",
                "alpine | ^\\d{8}$ | LEXICAL | 20260805",
                "alpine | ^3\\. | SEMVER | 3.24.1",
                "debian | ^bookworm-\\d+$ | NUMERIC | bookworm-20260803",
                "debian | ^trixie-\\d+-slim$ | LEXICAL | trixie-20260803-slim",
                "debian | ^1[23] | SEMVER | 13.6",
                "distroless-static-debian12 | ^nonroot- | NUMERIC | nonroot-s390x",
                "distroless-static-debian12 | ^debug-nonroot$ | LEXICAL | debug-nonroot",
                "distroless-static-debian12 | ^latest | SEMVER | ''",
                "kubernetes-conformance | ^v1\\.20\\.\\d+$ | NUMERIC | v1.20.15",
                "kubernetes-conformance | ^v1\\.20\\.\\d+$ | LEXICAL | v1.20.9",
                "kubernetes-conformance | ^v1\\.20 | SEMVER | v1.20.16-rc.0",
                "kubernetes-pause | ^3\\.\\d+$ | NUMERIC | 3.9",
                "kubernetes-pause | . | LEXICAL | 3.9",
                "kubernetes-pause | . | SEMVER | 3.9"
            })
    void regex(String image, String expression, TagSort sort, String chosen) {
        chooses(image, null, TagPolicy.regex(expression, sort, TagFilter.none()), chosen);
    }

    /** image | the tag on it | what is chosen */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "nginx | latest | ''",
                "redis | latest | ''",
                "postgres | latest | ''",
                "python | latest | ''",
                "node | latest | ''",
                "golang | tip | tip-20260815",
                "eclipse-temurin | latest | ''",
                "alpine | edge | 20260805",
                "debian | bookworm-20240110 | bookworm-20260803",
                "debian | trixie-20260101-slim | trixie-20260803-slim",
                "debian | stable | ''",
                "distroless-static-debian12 | latest | ''",
                "kubernetes-conformance | v1.20.0 | ''",
                "kubernetes-pause | 3.9 | ''"
            })
    void newest(String image, String written, String chosen) {
        chooses(image, written, TagPolicy.newest(TagFilter.none()), chosen);
    }

    private static void chooses(String image, String written, TagPolicy policy, String chosen) {
        TagChoice choice = policy.choose(new TagList(tags(image), false), written);
        assertEquals(chosen.isEmpty() ? List.of() : List.of(chosen), choice.tags(), choice::summary);
    }

    private static List<String> tags(String image) {
        String name = "published/" + image + ".txt";
        try (InputStream file = Objects.requireNonNull(PublishedTagsTest.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
