package io.jenkins.plugins.imageupdate.source.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds beyond Kubernetes' own, by the shape of what is in them. */
class KubernetesKindsTest {
    @ParameterizedTest
    @CsvSource({
        "argoproj.io/v1alpha1, Rollout",
        "serving.knative.dev/v1, Service",
        "apps.openshift.io/v1, DeploymentConfig",
        "apps.kruise.io/v1alpha1, CloneSet",
        "apps.kruise.io/v1beta1, StatefulSet",
        "example.com/v1, SomethingNew"
    })
    void aPodTemplateIsReadInAnyKind(String apiVersion, String kind) {
        Reading.of("""
                apiVersion: %s
                kind: %s
                metadata: {name: a, annotations: {image: no}}
                spec:
                  template:
                    spec:
                      initContainers: [{name: i, image: "init:1"}]
                      containers:
                        - {name: c, image: "app:1"}
                      volumes:
                        - {name: v, image: {reference: "models:1"}}
                status: {containers: [{image: "no:1"}]}
                """.formatted(apiVersion, kind))
                .finds(
                        "7 " + kind + "/a initContainer i init:1",
                        "9 " + kind + "/a container c app:1",
                        "11 " + kind + "/a volume v models:1");
    }

    @Test
    void tasksAndWorkflowsHaveContainersOfTheirOwn() {
        Reading.of("""
                apiVersion: tekton.dev/v1
                kind: Task
                metadata: {name: t}
                spec:
                  stepTemplate: {image: "base:1"}
                  steps:
                    - {name: build, image: "golang:1.23"}
                    - {ref: {name: other}}
                  sidecars: [{name: dind, image: "docker:27-dind"}]
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {generateName: w-}
                spec:
                  templates:
                    - name: a
                      container: {image: "alpine:3"}
                    - name: b
                      script: {image: "python:3", source: print(1)}
                ---
                apiVersion: batch.volcano.sh/v1alpha1
                kind: Job
                metadata: {name: v}
                spec: {tasks: [{template: {spec: {containers: [{name: c, image: "mpi:1"}]}}}]}
                """)
                .finds(
                        "5 Task/t stepTemplate base:1",
                        "7 Task/t step build golang:1.23",
                        "9 Task/t sidecar dind docker:27-dind",
                        "17 Workflow/w-… container alpine:3",
                        "19 Workflow/w-… script python:3",
                        "24 Job/v container c mpi:1");
    }

    @Test
    void aTemplateOfOpenShiftHasParameters() {
        Reading.of("""
                apiVersion: template.openshift.io/v1
                kind: Template
                metadata: {name: t}
                parameters:
                  - {name: TAG, value: "1.2"}
                  - {name: REGISTRY, required: true}
                objects:
                  - apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: d}
                    spec: {template: {spec: {containers: [{name: a, image: "app:${TAG}"}, {name: b, image: "${REGISTRY}/b"}]}}}
                  - apiVersion: build.openshift.io/v1
                    kind: BuildConfig
                    metadata: {name: b}
                    spec: {strategy: {dockerStrategy: {from: {kind: DockerImage, name: "ubi9:latest"}}}}
                  - {kind: Service}
                """)
                .findsThough(
                        "app.yaml:11: Deployment/d container b: REGISTRY in ${REGISTRY}/b has no value: give it by"
                                + " buildArgs, or a value in the parameters of the template",
                        "11 Deployment/d container a app:1.2",
                        "15 BuildConfig/b ubi9:latest");
    }

    @Test
    void valuesForAChartWithinAnObjectAreRead() {
        Reading.of("""
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: h}
                spec:
                  values:
                    image: {repository: example.com/app, tag: "1.2"}
                """).finds("6 HelmRelease/h image example.com/app:1.2");
    }

    @Test
    void kindsWithoutAPodTemplateAreNamedOnce() {
        Reading.of("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                spec: {secretName: x}
                ---
                {apiVersion: cert-manager.io/v1, kind: Certificate}
                ---
                {apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor}
                ---
                {apiVersion: v1, kind: Secret}
                """)
                .findsThough("app.yaml:1: no pod template was found in these kinds: Certificate, ServiceMonitor");
    }

    @Test
    void anImageAtAnotherPlaceIsSaid() {
        Reading.of("""
                apiVersion: monitoring.coreos.com/v1
                kind: Prometheus
                metadata: {name: p}
                spec:
                  image: quay.io/prometheus/prometheus:v2.53.0
                  containers: [{name: side, image: "side:1"}]
                """)
                .findsThough(
                        "app.yaml:5: Prometheus/p: image quay.io/prometheus/prometheus:v2.53.0 is not in a pod and is not"
                                + " read: if it is an image, name it by \"images\"",
                        "6 Prometheus/p container side side:1");
    }

    @Test
    void aDefinitionOfACustomResourceNamesNoImage() {
        Reading.of("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                spec: {versions: [{schema: {example: {containers: [{image: "no:1"}]}}}]}
                """).finds();
    }

    @Test
    void aMillionKindsAreRefused() {
        String kinds = IntStream.range(0, 100_000).mapToObj(i -> "kind: K" + i).collect(Collectors.joining("\n---\n"));
        List<String> messages = Reading.of(kinds).messages();
        assertEquals(2, messages.size());
        assertTrue(messages.get(0).endsWith("K1010, K1011, K1012, K1013, K1014 and 9980 more"), messages.get(0));
        assertTrue(messages.get(1).endsWith(": more than 10000 objects are in this file"), messages.get(1));
    }

    @Test
    void anObjectThatHoldsItselfEnds() {
        Reading.of("kind: Custom\nspec: &s {containers: [{image: x}], again: *s}\n")
                .finds("2 Custom/? container ? x");
    }
}
