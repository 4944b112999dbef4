package io.jenkins.plugins.imageupdate.tags;

import static io.jenkins.plugins.imageupdate.tags.Choosing.chooses;
import static io.jenkins.plugins.imageupdate.tags.Choosing.semver;
import static io.jenkins.plugins.imageupdate.tags.Choosing.tags;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.TagList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs in every tag is a revision, or nothing that matters; what many tags share is a variant. */
class RevisionTest {
    /** the tag on the image | the repository's tags | what is chosen */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // commits
                "1.43.1.10611-1e34174b1 | latest 1.43.1.10611-1e34174b1 1.43.3.10896-cb3ebc72d | 1.43.3.10896-cb3ebc72d",
                "2026.8.16-b2da6b90f | 2026.8.16-b2da6b90f 2026.9.1-ffeeddcc1 | 2026.9.1-ffeeddcc1",
                "4.0.1-sha.1a2b3c4 | 4.0.1-sha.1a2b3c4 4.0.2-sha.9f8e7d6 | 4.0.2-sha.9f8e7d6",
                "4.0.1-sha-1a2b3c4 | 4.0.1-sha-1a2b3c4 4.0.2-sha-9f8e7d6 | 4.0.2-sha-9f8e7d6",
                "1.2.3-git1a2b3c4 | 1.2.3-git1a2b3c4 1.2.4-git0f0e0d0 | 1.2.4-git0f0e0d0",
                "1.2.3-14-gabcdef0 | 1.2.3-14-gabcdef0 1.2.3-15-g1234567 | 1.2.3-15-g1234567",
                "1.2.3-1A2B3C4 | 1.2.3-1A2B3C4 1.2.4-9F8E7D6 | 1.2.4-9F8E7D6",
                "1.2.3-1a2b3c4-amd64 | 1.2.3-1a2b3c4-amd64 1.2.4-9f8e7d6-amd64 1.2.5-0f8e7d6-arm64 | 1.2.4-9f8e7d6-amd64",
                "1.2.3-20240131-1a2b3c4d | 1.2.3-20240131-1a2b3c4d 1.2.3-20240201-9f8e7d6c | 1.2.3-20240201-9f8e7d6c",
                "2024.1.31.1a2b3c4 | 2024.1.31.1a2b3c4 2024.2.1.abcdef0 | 2024.2.1.abcdef0",
                "0.9.1-x1y2z3 | 0.9.1-x1y2z3 0.9.1-x1y2z4 | 0.9.1-x1y2z4",
                // a commit may have decimal digits alone, or letters alone
                "1.43.1-1e34174b1 | 1.43.1-1e34174b1 1.43.4-123456789 | 1.43.4-123456789",
                "1.43.1-1e34174b1 | 1.43.1-1e34174b1 1.43.4-deadbeefa | 1.43.4-deadbeefa",
                "1.43.1-123456789 | 1.43.1-123456789 1.43.3-cb3ebc72d 1.42.9-121068a07 | 1.43.3-cb3ebc72d",
                // builds
                "v25.2-ls209 | v25.2-ls209 v25.3-ls212 latest amd64-v25.3-ls212 | v25.3-ls212",
                "5.1.4-ls300 | 5.1.4-ls300 5.1.4-ls301 | 5.1.4-ls301",
                "10.2_p1-r0-ls230 | 10.2_p1-r0-ls230 10.3_p1-r1-ls238 9.9_p2-r0-ls221 | 10.3_p1-r1-ls238",
                "1.4.2-b118 | 1.4.2-b118 1.4.3-b131 | 1.4.3-b131",
                "1.4.2-build118 | 1.4.2-build118 1.4.3-build131 | 1.4.3-build131",
                "1.4.2-build.118 | 1.4.2-build.118 1.4.3-build.131 | 1.4.3-build.131",
                "1.4.2-build-118 | 1.4.2-build-118 1.4.3-build-131 | 1.4.3-build-131",
                "1.4.2-build.1.9 | 1.4.2-build.1.9 1.4.2-build.1.10 | 1.4.2-build.1.10",
                "1.2.3-dev.5.g1a2b3c4 | 1.2.3-dev.5.g1a2b3c4 1.2.3-dev.12.g2a2b3c4 | 1.2.3-dev.12.g2a2b3c4",
                "1.2.3-develop-45-1a2b3c4 | 1.2.3-develop-45-1a2b3c4 1.2.3-develop-46-2a2b3c4 | 1.2.3-develop-46-2a2b3c4",
                // counted anew for each version
                "v1.27.10-k3s1 | v1.27.10-k3s1 v1.27.10-k3s2 | v1.27.10-k3s2",
                "v1.27.10-k3s1 | v1.27.10-k3s1 v1.27.10-k3s2 v1.27.11-k3s1 v1.27.9-k3s1 v1.27.11-k3s1-arm64 | v1.27.11-k3s1",
                "v1.30.1-rke2r1 | v1.30.1-rke2r1 v1.30.1-rke2r2 | v1.30.1-rke2r2",
                "v1.24.9-rancher1-1 | v1.24.9-rancher1-1 v1.24.9-rancher2-1 v1.24.9-rancher2-2 | v1.24.9-rancher2-2",
                "0.1.0-unstable0001 | 0.1.0-unstable0001 0.1.0-unstable0002 0.1.0-unstable0010 | 0.1.0-unstable0010",
                "1.2.3-rev2 | 1.2.3-rev1 1.2.3-rev2 1.2.3-rev3 1.2.4-rev1 | 1.2.4-rev1",
                "1.2.3-p1-slim | 1.2.3-p1-slim 1.2.3-p2-slim 1.2.3-p3 | 1.2.3-p2-slim",
                // numbers with dots
                "9.4-949.1714662671 | 9.4-949.1714662671 9.4-949 9.4-1227.1726694542 | 9.4-1227.1726694542",
                "9.4-949.1714662671 | 9.4-949.1714662671 9.7-1762180032 9.7 | 9.7-1762180032",
                "1.21.13-2.1729776560 | 1.21.13-2.1729776560 1.21.13-2.1727869850 1.22.7-5.1733160835 | 1.22.7-5.1733160835",
                "15-3.3 | 15-3.3 15-3.5 15-3.10 15-3.11-alpine | 15-3.10"
            })
    void itIsFollowed(String written, String tags, String chosen) {
        chooses(semver("*"), written, tags(tags), chosen);
        chooses(TagPolicy.regex(".", TagSort.SEMVER, TagFilter.none()), written, tags(tags), chosen);
    }

    /** the tag on the image | the repository's tags | what is chosen */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2.479.1-jdk17 | 2.479.1-jdk17 2.479.1-jdk21 2.480-jdk17 2.480-jdk21 2.481-jdk21 | 2.480-jdk17",
                "1.0-jdk11 | 1.0-jdk11 1.1-jdk11 1.2-jdk17 1.2-jdk21 | 1.1-jdk11",
                "0.5.1-pg15 | 0.5.1-pg15 0.6.0-pg15 0.6.0-pg16 0.7.0-pg16 0.7.0-pg17 | 0.6.0-pg15",
                "1.24.0-alpine3.17 | 1.24.0-alpine3.17 1.24.1-alpine3.17 1.25.0-alpine3.18 1.25.1-alpine3.19 | 1.24.1-alpine3.17",
                "8.5-debian-11 | 8.5-debian-11 8.6-debian-11 8.7-debian-12 8.8-debian-12 | 8.6-debian-11",
                "1.2.3-debian-12-r3 | 1.2.3-debian-12-r3 1.2.4-debian-12-r0 1.2.5-debian-13-r0 1.2.6-debian-13-r0 | 1.2.4-debian-12-r0",
                "3.9.8-temurin-17-alpine | 3.9.8-temurin-17-alpine 3.9.9-temurin-17-alpine 3.9.9-temurin-21-alpine | 3.9.9-temurin-17-alpine",
                "2.9-windowsservercore-1809 | 2.9-windowsservercore-1809 2.10-windowsservercore-1809 2.11-windowsservercore-2022 | 2.10-windowsservercore-1809",
                "1.17.1-scala_2.12-java11 | 1.17.1-scala_2.12-java11 1.18.0-scala_2.12-java11 1.18.0-scala_2.12-java17 | 1.18.0-scala_2.12-java11",
                "11.8-cudnn8 | 11.8-cudnn8 12.1-cudnn8 12.2-cudnn9 12.3-cudnn9 | 12.1-cudnn8",
                "1.0-arm32v7 | 1.0-arm32v7 1.0-arm64v8 1.1-arm64v8 1.1-arm32v7 1.2-arm64v8 | 1.1-arm32v7",
                // a tag without a version has the name of a variant
                "1.0-py38 | 1.0-py38 1.1-py39 latest-py38 latest-py39 | 1.0-py38",
                "1.0-ubi8 | 1.0-ubi8 1.1-ubi9 ubi8 ubi9 | 1.0-ubi8",
                // one version alone
                "1.0-jdk11 | 1.0-jdk11 1.0-jdk17 | 1.0-jdk11",
                "1.0-arm32v7 | 1.0-arm32v7 1.0-arm64v8 | 1.0-arm32v7"
            })
    void aVariantIsKept(String written, String tags, String chosen) {
        chooses(semver("*"), written, tags(tags), chosen);
    }

    @Test
    void aVariantThatIsNamedIsReadAsThoseInTheTags() {
        TagList tags = tags("1.0-ls5 1.1-ls7 1.2-jdk11 1.3-jdk11 1.3-jdk17 1.4-jdk17 1.4");
        chooses(TagPolicy.semver("*", "ls5", TagFilter.none()), null, tags, "1.1-ls7");
        chooses(TagPolicy.semver("*", "jdk11", TagFilter.none()), "1.0-ls5", tags, "1.3-jdk11");
        chooses(TagPolicy.semver("*", "", TagFilter.none()), "1.0-ls5", tags, "1.4");
    }

    @Test
    void ofOneVersionTheTagOnTheImageStaysWhereOnlyTheCommitDiffers() {
        chooses(semver("*"), "1.0-9f8e7d6", tags("1.0-1a2b3c4 1.0-9f8e7d6 1.0-abcdef1"), "1.0-9f8e7d6");
        chooses(semver("*"), "v1.0", tags("1.0 v1.0"), "v1.0");
    }

    @Test
    void numbersAreReadWithTheWholeOfALongList() {
        List<String> tags = IntStream.range(0, 50_000)
                .mapToObj(i -> "1." + i / 7 + "-ls" + (i + 2) + "-" + (i % 2 == 0 ? "jdk17" : "jdk21"))
                .toList();
        chooses(semver("*"), "1.0-ls2-jdk17", new TagList(tags, false), "1.7142-ls50000-jdk17");
        assertEquals(
                List.of("1.7142-ls50001-jdk21", "1.7142-ls49999-jdk21"),
                TagPolicy.semver("*", null, TagFilter.of(List.of(), List.of(), 2))
                        .choose(new TagList(tags, false), "1.0-ls3-jdk21")
                        .tags());
    }
}
