package io.jenkins.plugins.imageupdate.source.manifests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kubernetes API reference, "Workload Resources". */
class KubernetesTest {
    @Test
    void aPod() {
        Reading.of("""
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  initContainers:
                    - {name: init, image: busybox:1.36}
                  containers:
                    - name: app
                      image: gcr.io/team/app:1.2
                    - image: redis
                  ephemeralContainers:
                    - name: debug
                      image: alpine
                """)
                .finds(
                        "6 Pod/web initContainer init busybox:1.36",
                        "9 Pod/web container app gcr.io/team/app:1.2",
                        "10 Pod/web container ? redis",
                        "13 Pod/web ephemeralContainer debug alpine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"})
    void kindsWithATemplate(String kind) {
        Reading.of("""
                kind: %s
                metadata:
                  name: x
                spec:
                  template:
                    spec:
                      containers:
                      - name: app
                        image: app:1
                """.formatted(kind)).finds("9 " + kind + "/x container app app:1");
    }

    @Test
    void aCronJob() {
        Reading.of("""
                kind: CronJob
                metadata: {generateName: nightly-}
                spec:
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          containers:
                          - name: app
                            image: app:1
                """).finds("10 CronJob/nightly-… container app app:1");
    }

    @Test
    void aPodTemplate() {
        Reading.of("""
                kind: PodTemplate
                template:
                  spec:
                    containers:
                    - {name: a, image: "app:1"}
                """).finds("5 PodTemplate/? container a app:1");
    }

    @Test
    void lists() {
        Reading.of("""
                kind: List
                items:
                - kind: Pod
                  metadata: {name: a}
                  spec: {containers: [{name: x, image: "one"}]}
                - kind: PodList
                  items:
                  - metadata: {name: b}
                    spec: {containers: [{name: y, image: "two"}]}
                - kind: Service
                """).finds("5 Pod/a container x one", "9 Pod/b container y two");
    }

    @Test
    void imageVolumes() {
        Reading.of("""
                kind: Pod
                metadata: {name: a}
                spec:
                  volumes:
                  - name: models
                    image: {reference: "example.com/models:3", pullPolicy: Always}
                  - {name: tmp, emptyDir: {}}
                """).finds("6 Pod/a volume models example.com/models:3");
    }

    @Test
    void severalDocumentsOfAnyKind() {
        Reading.of("""
                ---
                kind: Service
                metadata: {name: web}
                ---
                # nothing
                ---
                kind: Pod
                metadata: {name: a}
                spec: {containers: [{name: x, image: "one"}]}
                ...
                ---
                services:
                  web: {image: two}
                """).finds("9 Pod/a container x one", "13 services.web two");
    }

    @Test
    void objectsOfOtherKindsNameNoneAndAreNoMistake() {
        Reading.of("kind: ConfigMap\ndata: {image: x}\n---\nkind: Pod\n---\nkind: Pod\nspec: {containers: }\n")
                .finds();
    }

    @Test
    void anImageMayBeLeftOut() {
        Reading.of("kind: Pod\nspec: {containers: [{name: a}, {name: b, image: ''}, {name: c, image: ~}]}\n")
                .finds();
    }

    @Test
    void thereAreNoVariables() {
        Reading.of("kind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: x, image: 'app:${TAG:-1}'}\n")
                .findsThough(
                        "app.yaml:5: Pod/a container x: \"app:${TAG:-1}\" is not an image reference: a repository's"
                                + " name has lower-case letters only. A valid one is gcr.io/project/app:stable;"
                                + " it has a variable, whose value is not known here");
    }

    @Test
    void whatIsOfTheWrongShapeIsSaid() {
        Reading.of("kind: Pod\nmetadata: {name: a}\nspec:\n  containers: {name: x, image: y}\n")
                .findsThough("app.yaml:4: Pod/a: containers is not a list");
        Reading.of("kind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: x, image: {name: y}}\n")
                .findsThough("app.yaml:5: Pod/a container x: image is not text");
    }

    @Test
    void aListThatHoldsItselfEnds() {
        Reading.of("&l\nkind: List\nitems:\n- *l\n").findsThough("app.yaml:1: lists hold each other without end");
    }

    @Test
    void anAnchorForTwoPods() {
        Reading.of("""
                kind: Deployment
                metadata: {name: a}
                spec: &spec
                  template: {spec: {containers: [{name: x, image: "one"}]}}
                ---
                kind: Deployment
                metadata: {name: b}
                spec:
                  template: {spec: {containers: [{name: x, image: &i "two"}, {name: y, image: *i}]}}
                """)
                .finds(
                        "4 Deployment/a container x one",
                        "9 Deployment/b container x two",
                        "9 Deployment/b container y two");
    }
}
