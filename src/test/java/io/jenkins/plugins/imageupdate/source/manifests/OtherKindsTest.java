package io.jenkins.plugins.imageupdate.source.manifests;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of Helm charts, Kustomizations, bake files, devcontainers, pipelines of GitLab and GitHub. */
class OtherKindsTest {
    private static final String NO_TAG =
            " has no tag: charts then take one that is not written here, such as the appVersion of Chart.yaml; write it";

    @Test
    void valuesOfACharts() {
        Reading.of("""
                replicas: 1
                image:
                  registry: docker.io
                  repository: bitnami/redis
                  tag: 7.4.1-debian-12-r0
                  digest: ""
                metrics:
                  image: {repository: oliver006/redis_exporter, tag: v1.66.0, pullPolicy: Always}
                backup: {sidecarImage: {name: example.com/backup, tag: "2"}}
                init: {image: "busybox:1.36"}
                web: {image: nginx, tag: "1.27"}
                job: {runnerImage: ghcr.io/a/runner, runnerImageTag: "3"}
                proxy: {repository: example.com/proxy, tag: "4"}
                list: [{image: {repository: in/list, tag: "5"}}]
                pinned:
                  image: {repository: x/y, digest: "sha256:%s"}
                """.formatted("a".repeat(64)))
                .finds(
                        "4 image docker.io/bitnami/redis:7.4.1-debian-12-r0",
                        "8 metrics.image oliver006/redis_exporter:v1.66.0",
                        "9 backup.sidecarImage example.com/backup:2",
                        "10 init.image busybox:1.36",
                        "11 web.image nginx:1.27",
                        "12 job.runnerImage ghcr.io/a/runner:3",
                        "13 proxy example.com/proxy:4",
                        "14 list.image in/list:5",
                        "16 pinned.image x/y@sha256:" + "a".repeat(64));
    }

    /** As older charts have them, and those of ingress-nginx. */
    @Test
    void thePartsOfAReferenceMayStandBesideIt() {
        Reading.of("""
                controller:
                  image: {registry: registry.k8s.io, image: ingress-nginx/controller, tag: v1.11.1, digest: ""}
                backup: {imageRegistry: quay.io, imageRepository: a/backup, imageTag: "2.0"}
                exporter: {imageName: a/exporter, imageTag: "3"}
                database: {imageName: "ghcr.io/a/postgres:16.2"}
                pinned: {imageRepo: a/pinned, imageDigest: "sha256:%s"}
                hook: {image: a/hook, registry: quay.io, tag: ""}
                """.formatted("a".repeat(64)))
                .findsThough(
                        "app.yaml:7: hook.image: quay.io/a/hook" + NO_TAG,
                        "2 controller.image.image registry.k8s.io/ingress-nginx/controller:v1.11.1",
                        "3 backup.imageRepository quay.io/a/backup:2.0",
                        "4 exporter.imageName a/exporter:3",
                        "5 database.imageName ghcr.io/a/postgres:16.2",
                        "6 pinned.imageRepo a/pinned@sha256:" + "a".repeat(64));
    }

    @Test
    void aGlobalRegistryStandsInForThatOfEachImage() {
        Reading.of(
                        "global: {imageRegistry: mirror.example.com}\nimage: {registry: docker.io, repository: a/b, tag: '1'}\n"
                                + "own: {image: {repository: c/d, tag: '2'}}\n")
                .finds("2 image mirror.example.com/a/b:1", "3 own.image c/d:2");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "image: {repository: a/b, tag: ''} | image: a/b" + NO_TAG,
                "image: {repository: a/b} | image: a/b" + NO_TAG,
                "image: {repository: a/b, tag: 1.10} | image: tag 1.10 is a number, which Helm may write in another way: put it in quotes",
                "image: {repository: a/b, tag: 20230101} | image: tag 20230101 is a number, which Helm may write in another way: put it in quotes",
                "image: {repository: a/b, tag: 0777} | image: tag 0777 is a number, which Helm may write in another way: put it in quotes"
            },
            delimiter = '|')
    void whatAChartWouldMakeOfItIsNotGuessed(String values, String problem) {
        Reading.of(values + "\n").findsThough("app.yaml:1: " + problem);
    }

    @Test
    void whatIsNotAnImageInValuesIsLeftAlone() {
        Reading.of("""
                image: {repository: a/b, tag: 1.5}
                source: {repository: "https://example.com/x.git", tag: v1}
                logo: {image: assets/logo.png}
                theme: {image: enabled, imageName: Sunrise}
                """).finds("1 image a/b:1.5");
    }

    @Test
    void aKustomizationsImages() {
        Reading.of("""
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [deployment.yaml]
                images:
                  - {name: app, newName: example.com/app, newTag: "1.2"}
                  - name: redis
                    newTag: 7.4
                  - {name: pinned, digest: "sha256:%s"}
                  - {name: asis}
                """.formatted("b".repeat(64)))
                .finds(
                        "5 images app example.com/app:1.2",
                        "6 images redis redis:7.4",
                        "8 images pinned pinned@sha256:" + "b".repeat(64));
        Reading.of("images:\n- name: a\n  newTag: '1'\n").finds("2 images a a:1");
        Reading.of("resources: [x.yaml]\n").finds();
        Reading.of("kind: Component\nimages:\n- {name: a, newName: b}\n")
                .findsThough("app.yaml:3: images a: the tag is that of the resources, which are not followed: name what"
                        + " kubectl kustomize makes of it");
        Reading.of("kind: Component\nimages:\n- {newTag: x}\n")
                .findsThough("app.yaml:3: images null: the name of the image is missing");
    }

    @Test
    void aPipelineOfGitLab() {
        Reading.with(Map.of("VERSION", "9"), """
                stages: [build]
                variables: {RUBY: "3.3", VERSION: "1", IMAGE: {value: "ruby:$RUBY", description: x}}
                image: $IMAGE
                services:
                  - postgres:17
                default:
                  image: {name: "default:1", entrypoint: [""]}
                .hidden:
                  image: hidden:1
                build:
                  variables: {RUBY: "3.4"}
                  image: {name: "ruby:${RUBY}-slim", docker: {platform: linux/arm64}}
                  services: [{name: "docker:27-dind", alias: docker}]
                  script: [make]
                test:
                  image: !reference [.hidden, image]
                  services: !reference [build, services]
                  script: [x]
                last: {image: "x:$VERSION", script: y}
                """)
                .finds(
                        "3 image ruby:3.3",
                        "5 service postgres:17",
                        "7 default image default:1",
                        "9 .hidden image hidden:1",
                        "12 build image ruby:3.4-slim linux/arm64",
                        "13 build service docker:27-dind",
                        "9 test image hidden:1",
                        "13 test service docker:27-dind",
                        "19 last image x:9");
    }

    @Test
    void whatGitLabComputesIsSaid() {
        Reading.of("spec: {inputs: {tag: {}}}\n---\nb: {image: 'x:$[[ inputs.tag ]]', script: x}\n")
                .findsThough(
                        "app.yaml:3: b image: x:$[[ inputs.tag ]] is computed by GitLab: name the images by \"images\"");
        Reading.of("a: {image: '$CI_REGISTRY_IMAGE/x', script: x}\n")
                .findsThough("app.yaml:1: a image: CI_REGISTRY_IMAGE in $CI_REGISTRY_IMAGE/x has no value: give it by"
                        + " buildArgs, or by variables in the file; those that GitLab or its settings give are not known"
                        + " here");
        Reading.of("include: {local: /a.yml}\n")
                .findsThough("app.yaml:1: include is not followed: name the included files in \"manifests\" too");
    }

    @Test
    void aWorkflowOfGitHub() {
        Reading.of("""
                on: push
                jobs:
                  build:
                    runs-on: ubuntu-latest
                    container: node:22
                    services:
                      db: {image: "postgres:17", ports: [5432]}
                    steps:
                      - uses: actions/checkout@v4
                      - uses: docker://alpine:3.20
                  other:
                    runs-on: ubuntu-latest
                    container: {image: "docker://debian:12"}
                    steps:
                      - run: make
                """)
                .finds(
                        "5 jobs.build.container node:22",
                        "7 jobs.build.services.db postgres:17",
                        "10 jobs.build.steps alpine:3.20",
                        "13 jobs.other.container debian:12");
        Reading.of("runs: {using: docker, image: 'docker://alpine:3'}\n").finds("1 runs alpine:3");
        Reading.of("runs:\n  using: composite\n  steps:\n  - uses: docker://x:1\n")
                .finds("4 runs.steps x:1");
        Reading.of("runs: {using: docker, image: Dockerfile}\n").finds();
        Reading.of("jobs:\n  a:\n    runs-on: x\n    container: 'node:${{ matrix.node }}'\n")
                .findsThough("app.yaml:4: jobs.a.container: node:${{ matrix.node }} is computed when the workflow runs:"
                        + " name the images by \"images\"");
    }

    @Test
    void aDevcontainer() {
        Reading.of("""
                // For everybody
                /* who develops
                   this */ {
                \t"image": "mcr.microsoft.com/devcontainers/java:1-21", /* tabs */
                \t"features": {
                \t\t"ghcr.io/devcontainers/features/node:1": {"version": "22"},
                \t\t"./local": {},
                \t\t"docker-in-docker": "latest",
                \t},
                }
                """)
                .finds(
                        "4 image mcr.microsoft.com/devcontainers/java:1-21",
                        "6 feature ghcr.io/devcontainers/features/node:1");
        Reading.of("{\"build\": {\"dockerfile\": \"../Dockerfile\"}}\n")
                .findsThough("app.yaml:1: build.dockerfile is not followed: name the file in \"dockerfile\" too");
        Reading.of("{\"dockerComposeFile\": \"../compose.yaml\"}\n")
                .findsThough("app.yaml:1: dockerComposeFile is not followed: name the file in \"manifests\" too");
        Reading.of("{\"image\": \"x:${localEnv:TAG}\"}\n")
                .findsThough(
                        "app.yaml:1: image: x:${localEnv:TAG} is computed when the container starts: name the image"
                                + " by \"images\"");
    }

    @Test
    void aBakeFile() {
        Reading.with(Map.of("GO", "1.24"), """
                {
                  "variable": {"ALPINE": {"default": "3.20"}, "GO": {"default": "1.23"}},
                  "group": {"default": {"targets": ["app"]}},
                  "target": {
                    "app": {
                      "contexts": {"base": "docker-image://alpine:${ALPINE}", "src": "target:other"},
                      "tags": ["our/product"]
                    },
                    "inline": {
                      "args": {"GO": "${GO}"},
                      "dockerfile-inline": "ARG GO\\nFROM golang:$GO AS one\\nFROM debian\\n",
                      "target": "one"
                    },
                    "computed": {"contexts": {"x": "docker-image://x:${lower(ALPINE)}"}}
                  }
                }
                """)
                .findsThough(
                        "app.yaml:14: target.computed: docker-image://x:${lower(ALPINE)} is computed: name what \"docker"
                                + " buildx bake --print\" makes of the file",
                        "6 target.app context base alpine:3.20",
                        "11 target.inline FROM golang:1.24");
    }
}
