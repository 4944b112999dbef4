package io.jenkins.plugins.imageupdate.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.TagList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policies choose from the tags of ten images that everybody uses; README.md beside the lists says where these come from. */
class WellKnownImagesTest {
    /** image | the tag on it | range | what is chosen */
    @ParameterizedTest
    @CsvSource(
            value = {
                "nginx | 1.25 | >=1.4 <2 | 1.29.2",
                "nginx | 1.25-alpine | ^1.25 | 1.29.2-alpine",
                "nginx | 1.25-alpine | ~1.25 | 1.25.5-alpine",
                "nginx | 1.26.0-bookworm-perl | 1.x | 1.28.0-bookworm-perl",
                "nginx | 1.24-alpine3.17-slim | ~1.24 | 1.24.0-alpine3.17-slim",
                "nginx | latest | '1.26 || 1.28' | 1.28.0",
                "node | 20-alpine | ^20 | 20.19.5-alpine",
                "node | lts | >=20 <23 | 22.21.0",
                "node | 22-bookworm-slim | * | 25.0.0-bookworm-slim",
                "node | 18.19.1-alpine3.20 | 18.x | 18.20.8-alpine3.20",
                "python | 3.12 | 3.x | 3.14.0",
                "python | 3.12-slim | ~3.12 | 3.12.12-slim",
                "python | 3.12 | <3.13 | 3.12.12",
                "python | 3.15-rc | >=3.15.0-alpha | 3.15-rc",
                "python | 3.15.0a1 | >=3.15.0-alpha.1 <3.15.0-rc | 3.15.0a2",
                "python | 3.14.0rc1-slim | >=3.14.0-rc1 <3.14.0 | 3.14.0rc3-slim",
                "python | 3-alpine | ^3.10 | 3.14.0-alpine",
                "postgres | 16 | ^16 | 16.10",
                "postgres | 16-alpine | ^16 | 16.10-alpine",
                "postgres | 14.9 | ~14 | 14.19",
                "postgres | 9.6 | ^9 | 9.6.24",
                "postgres | 17 | >=18.0.0-beta <18.0.0 | 18rc1",
                "postgres | 17-bookworm | * | 18.0-bookworm",
                "alpine | 3.18 | >=3 <4 | 3.22.2",
                "alpine | 3.9 | ~3.10 | 3.10.9",
                "alpine | 3 | * | 3.22.2",
                "alpine | 20240606 | * | 20250108",
                "alpine | edge | >=20240101 | 20250108",
                "debian | 12-slim | 12.x | 12.12-slim",
                "debian | 12 | >=12 <14 | 13.1",
                "debian | bookworm | ^11 | 11.11",
                "eclipse-temurin | 21-jre | ^21 | 21.0.5_11-jre",
                "eclipse-temurin | 17.0.5_8-jdk-jammy | ^17 | 17.0.13_11-jdk-jammy",
                "eclipse-temurin | 11.0.20_8-jdk-alpine | ~11.0.20 | 11.0.25_9-jdk-alpine",
                "eclipse-temurin | 11-jdk | 11.0.20 | 11.0.20.1_1-jdk",
                "jenkins | 2.426.1-lts-jdk17 | 2.x | 2.479.3-lts-jdk17",
                "jenkins | 2.426.1-lts | ~2.426 | 2.426.3-lts",
                "jenkins | 2.456-jdk17 | 2.x | 2.488-jdk17",
                "jenkins | 2.60.3 | 2 | 2.488",
                "traefik | v2.10 | ^2 | 2.11.13",
                "traefik | v3.0 | ~3.0.0 | 3.0.4",
                "traefik | v3.0 | >=3.3.0-rc1 | 3.3.0-rc2",
                "traefik | v2.9-windowsservercore-1809 | <3 | 2.11.13-windowsservercore-1809"
            },
            delimiter = '|')
    void semver(String image, String written, String range, String chosen) {
        decides(image, written, TagPolicy.semver(range, null, TagFilter.none()), chosen);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "nginx | alpine-slim | ^1.27 | 1.29.2-alpine-slim",
                "jenkins | lts-jdk21 | * | 2.479.3-lts-jdk21",
                "eclipse-temurin | jre-noble | >=21 <23 | 21.0.5_11-jre-noble",
                "node | '' | 16 | 16.20.2"
            },
            delimiter = '|')
    void semverOfAVariantThatIsAskedFor(String image, String variant, String range, String chosen) {
        decides(image, "latest", TagPolicy.semver(range, variant, TagFilter.none()), chosen);
    }

    /** image | expression | sort | what is chosen */
    @ParameterizedTest
    @CsvSource(
            value = {
                "traefik | ^v3\\.[0-9]+$ | NUMERIC | v3.2",
                "traefik | ^v\\d+$ | NUMERIC | v3",
                "eclipse-temurin | ^8u(\\d+)-b(\\d+)-jre-alpine$ | NUMERIC | 8u432-b06-jre-alpine",
                "minio | ^RELEASE\\.[0-9TZ-]+$ | LEXICAL | RELEASE.2024-07-26T20-48-21Z",
                "minio | ^RELEASE\\.(.+Z)-cpuv1$ | LEXICAL | RELEASE.2024-07-26T20-48-21Z-cpuv1",
                "debian | ^bookworm-(\\d+)-slim$ | NUMERIC | bookworm-20250929-slim",
                "node | ^(.*)-alpine3\\.20$ | SEMVER | 25.0.0-alpine3.20",
                "postgres | ^(\\d+rc\\d+)$ | SEMVER | 18rc1",
                "alpine | ^\\d{8}$ | NUMERIC | 20250108",
                "jenkins | ^2\\.\\d{3}$ | NUMERIC | 2.488"
            },
            delimiter = '|')
    void regex(String image, String expression, TagSort sort, String chosen) {
        decides(image, "latest", TagPolicy.regex(expression, sort, TagFilter.none()), chosen);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "minio | latest | RELEASE.2024-07-26T20-48-21Z",
                "minio | RELEASE.2024-01-11T07-46-16Z.fips | RELEASE.2024-07-26T20-48-21Z.fips",
                "minio | RELEASE.2024-02-24T17-11-14Z-cpuv1 | RELEASE.2024-07-26T20-48-21Z-cpuv1",
                "debian | bookworm-20240110 | bookworm-20250929",
                "debian | trixie-20240110-slim | trixie-20250929-slim",
                "alpine | edge | 20250108"
            },
            delimiter = '|')
    void newest(String image, String written, String chosen) {
        decides(image, written, TagPolicy.newest(TagFilter.none()), chosen);
    }

    private static void decides(String image, String written, TagPolicy policy, String chosen) {
        List<String> tags = tags(image);
        assertTrue(tags.size() > 30, image);
        TagChoice choice = policy.choose(new TagList(tags, false), written);
        assertEquals(List.of(chosen), choice.tags(), choice::summary);
        List<String> shuffled = new ArrayList<>(tags);
        Collections.shuffle(shuffled, new Random(5));
        assertEquals(
                choice.tags(),
                policy.choose(new TagList(shuffled, false), written).tags());
    }

    private static List<String> tags(String image) {
        try (InputStream file =
                Objects.requireNonNull(WellKnownImagesTest.class.getResourceAsStream(image + ".txt"), image)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
