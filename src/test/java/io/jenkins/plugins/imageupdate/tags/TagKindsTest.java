package io.jenkins.plugins.imageupdate.tags;

import static io.jenkins.plugins.imageupdate.tags.Choosing.chooses;
import static io.jenkins.plugins.imageupdate.tags.Choosing.semver;
import static io.jenkins.plugins.imageupdate.tags.Choosing.tags;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More tags of each kind that was once missed or mixed up: forms of well-known images, with what a person would choose. */
class TagKindsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v3.9.4-rke2r1 | v3.9.5-rke2r1 v3.9.5-rke2r2 | v3.9.5-rke2r2",
                "v1.30.2-eks-abc1234 | v1.30.4-eks-16b398d v1.31.0-eks-db838b0 | v1.31.0-eks-db838b0",
                "v1.29.1-gke.1589000 | v1.29.1-gke.1589018 v1.30.3-gke.1211000 | v1.30.3-gke.1211000",
                "2024.10.5-abc12345 | 2024.11.1-9d8e7f6a 2024.11.1 | 2024.11.1-9d8e7f6a",
                "0.23.0-build.12 | 0.23.1-build.15 0.24.0-build.19 | 0.24.0-build.19",
                "1.7.5-20240101120000 | 1.7.6-20240301101010 1.7.6-20240302111111 | 1.7.6-20240302111111",
                "8.0.36-1.el9 | 8.0.37-1.el9 8.4.0-1.el9 8.4.0-1.el8 | 8.4.0-1.el9",
                "10.11.6-ubu2204 | 10.11.7-ubu2204 11.3.2-ubu2204 11.4.2-ubu2404 11.4.3-noble | 11.3.2-ubu2204",
                "24.0.7-dind-alpine3.19 | 25.0.3-dind-alpine3.20 26.1.0-dind-alpine3.19 26.1.0-dind-alpine3.20"
                        + " | 26.1.0-dind-alpine3.19"
            })
    void aSuffixThatDiffersInEachTagIsNotAVariant(String written, String others, String chosen) {
        chooses(semver("*"), written, tags(written + " " + others), chosen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4174.v4230d0ccd951-1 | 4179.vc760e06b_f39c-1 4203.vb_0242853fd02 3.2 | 4203.vb_0242853fd02",
                "2.462.1 | 2.479.3 2.492 2.504.1 20240501 1.651.3 | 2.504.1",
                "230901 | 231005 20230101 9.1 | 231005",
                "1234 | 1301 20240101 9.9 | 1301",
                "12.7 | 12.8 13.0 20240904 2023.1 | 13.0",
                "2024.3 | 2024.10 25.1 9.0 | 2024.10",
                "1.8.2 | 1.9.0 2019.1 1999 | 1.9.0",
                "v24.1 | v24.10 v2023.5 | v24.10"
            })
    void numberingsAreNotMixed(String written, String others, String chosen) {
        chooses(semver("*"), written, tags(written + " " + others), chosen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024.01.31.1 | 2024.01.31.2 2024.02.01.1 | 2024.02.01.1",
                "20240131-r3 | 20240131-r10 20240130-r1 | 20240131-r10",
                "v20240131.3-abc1234 | v20240131.12-def5678 | v20240131.12-def5678",
                "7.0-20240131 | 7.0-20240215 8.0-20240301 | 7.0-20240215",
                "main-20240131123000-3f2a1b0 | main-20240201123000-aaaabb1 dev-20240301123000-aaaabb2"
                        + " | main-20240201123000-aaaabb1"
            })
    void countersBesideDatesCount(String written, String others, String chosen) {
        chooses(TagPolicy.newest(TagFilter.none()), written, tags(written + " " + others), chosen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^(\\d+)u(\\d+)-b(\\d+)$ | 8u402-b06 | 8u412-b08 8u92-b14 | 8u412-b08",
                "^v(\\d+\\.\\d+)-(\\d+)$ | v1.10-3 | v1.9-12 v1.10-12 | v1.10-12",
                "^([\\d.]+)-r([\\d.]+)$ | 1.2-r9 | 1.2.1-r1 1.2-r10 | 1.2.1-r1"
            })
    void groupsAreComparedOneAfterTheOther(String expression, String written, String others, String chosen) {
        TagPolicy policy = TagPolicy.regex(expression, TagSort.NUMERIC, TagFilter.none());
        chooses(policy, written, tags(written + " " + others), chosen);
    }
}
