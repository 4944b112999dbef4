package io.jenkins.plugins.imageupdate.source.jenkinsfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.SourceProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JenkinsfileTest {
    private static final String COMPUTED =
            " is computed when the Pipeline runs: only texts without variables are read; name the image by \"images\"";

    @Test
    void agentsOfDeclarativePipelines() {
        finds(
                """
                @Library('shared') _
                pipeline {
                    agent { docker { image 'maven:3.9'; label 'linux' } }
                    stages {
                        stage('a') {
                            agent { docker 'node:22' }
                            steps { sh 'x' }
                        }
                        stage('b') {
                            agent {
                                docker {
                                    image "gcc:14"
                                    registryUrl 'https://registry.example.com:5000/v2/'
                                }
                            }
                        }
                        stage('c') { agent { dockerContainer { image 'agent:1' } } }
                        stage('d') { agent none }
                    }
                }
                """,
                "3 docker image maven:3.9",
                "6 agent docker node:22",
                "12 docker image registry.example.com:5000/gcc:14",
                "17 dockerContainer image agent:1");
    }

    @Test
    void imagesOfScriptedPipelines() {
        finds(
                """
                node('linux') {
                    docker.image('maven:3.9').inside('-v /a:/a') { sh 'mvn verify' }
                    def db = docker.image("postgres:17")
                    docker.withRegistry('https://registry.example.com', 'login') {
                        docker.image('team/app:1').pull()
                        docker.image('registry.example.com/team/web:1').pull()
                    }
                    docker.withRegistry('https://index.docker.io/v1/') { docker.image('redis').run() }
                    docker.build('our/product')
                    withDockerContainer('alpine:3.20') { sh 'x' }
                    withDockerContainer(args: '-u 0', image: 'debian:12') { sh 'x' }
                    dockerNode(image: 'jenkins/agent:1') { sh 'x' }
                    image('no')
                    other.image('no')
                }
                def tool() { return docker.image('tool:1') }
                class A { def b(docker) { docker.image('in/class:1') } }
                """,
                "2 docker.image maven:3.9",
                "3 docker.image postgres:17",
                "5 docker.image registry.example.com/team/app:1",
                "6 docker.image registry.example.com/team/web:1",
                "8 docker.image redis",
                "10 withDockerContainer alpine:3.20",
                "11 withDockerContainer debian:12",
                "12 dockerNode jenkins/agent:1",
                "16 docker.image tool:1",
                "17 docker.image in/class:1");
    }

    @Test
    void podsOfTheKubernetesPlugin() {
        finds(
                """
                podTemplate(containers: [
                    containerTemplate(name: 'a', image: 'maven:3.9', command: 'sleep'),
                    containerTemplate(name: 'b', image: 'node:22')], yaml: '''
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                  - name: c
                    image: golang:1.23
                ''') { node(POD_LABEL) { container('a') { sh 'x' } } }
                pipeline {
                    agent {
                        kubernetes {
                            yaml \"""\\
                                kind: Pod
                                spec:
                                  containers:
                                  - {name: d, image: 'python:3.13'}
                                \""".stripIndent()
                            containerTemplate { name 'e'; image 'ruby:3.4' }
                        }
                    }
                }
                podTemplate(yaml: "kind: Pod\\nspec: {containers: [{name: f, image: perl}]}") { }
                podTemplate(yaml: '''
                    |kind: Pod
                    |spec: {containers: [{name: g, image: "php:8"}]}'''.stripMargin())
                """,
                "9 yaml Pod/? container c golang:1.23",
                "2 containerTemplate maven:3.9",
                "3 containerTemplate node:22",
                "18 yaml Pod/? container d python:3.13",
                "20 containerTemplate image ruby:3.4",
                "24 yaml Pod/? container f perl",
                "27 yaml Pod/? container g php:8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docker.image(\"maven:${V}\").inside { } | docker.image: maven:$V",
                "docker.image(env.IMAGE) | docker.image: env.IMAGE",
                "docker.image('maven:' + v) | docker.image: (maven: + v)",
                "pipeline { agent { docker { image params.X } } } | docker image: params.X",
                "pipeline { agent { docker IMAGE } } | agent docker: IMAGE",
                "containerTemplate(name: 'x', image: name()) | containerTemplate: this.name()",
                "podTemplate(yaml: readTrusted('pod.yaml')) | yaml: this.readTrusted(pod.yaml)",
                "docker.withRegistry(env.R) { docker.image('x') } | docker.image: the registry: env.R"
            })
    void whatIsComputedIsSaid(String text, String problem) {
        assertEquals(List.of("Jenkinsfile:2: " + problem + COMPUTED), problems("\n" + text));
    }

    @Test
    void filesThatAJenkinsfileNamesAreSaid() {
        assertEquals(
                List.of(
                        "Jenkinsfile:1: agent dockerfile is not followed: name the file in \"dockerfile\" too",
                        "Jenkinsfile:2: yamlFile is not followed: name the file in \"manifests\" too"),
                problems("pipeline { agent { dockerfile true } }\n"
                        + "pipeline { agent { kubernetes { yamlFile 'pod.yaml' } } }"));
    }

    @Test
    void faultsOfAPodAreSaidAtTheirLine() {
        assertEquals(
                List.of(
                        "Jenkinsfile:5: yaml Pod/? container a: \"UPPER\" is not an image reference: a repository's name"
                                + " has lower-case letters only. A valid one is gcr.io/project/app:stable"),
                problems(
                        "node { }\npodTemplate(yaml: '''\nkind: Pod\nspec:\n  containers: [{name: a, image: UPPER}]\n''')"));
    }

    @Test
    void whatIsNotGroovyIsSaidWithItsLine() {
        assertEquals(
                List.of("Jenkinsfile:2: this is not Groovy that can be read: expecting '}', found ')'"),
                problems("node {\n  sh 'x' ) }\n}"));
    }

    /** Nothing of the file is run: neither code, nor initializers, nor transformations, which may run code at compile time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.setProperty('source.ran', 'x')",
                "@groovy.transform.ASTTest(value = { System.setProperty('source.ran', 'x') }) def a",
                "@Grab('a:b:1') import c.d\n@groovy.transform.Field def e = System.setProperty('source.ran', 'x')",
                "class A { static { System.setProperty('source.ran', 'x') } }\nnew A()"
            })
    void nothingOfTheFileIsRun(String text) {
        read(text + "\ndocker.image('x')");
        assertFalse(System.getProperties().containsKey("source.ran"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "a { ", "x(", "-", "a ? ", "if (a) ", "!", "a.b{ c "})
    void depthEnds(String opening) {
        List<String> problems = problems(opening.repeat(100_000));
        assertEquals(1, problems.size(), problems::toString);
    }

    /** The parser tries readings of such a text without end. */
    @ParameterizedTest
    @ValueSource(strings = {"(A)", "(A)[(B)"})
    void workEnds(String part) {
        assertEquals(
                List.of("Jenkinsfile: this Groovy takes too much work to be read"),
                problems("def x = " + part.repeat(60) + "1"));
    }

    private static void finds(String text, String... uses) {
        SourceImages images = read(text);
        assertEquals(List.of(), problems(text));
        assertEquals(
                List.of(uses),
                images.uses().stream()
                        .map(use -> use.line() + " " + use.where() + " " + use.written())
                        .toList());
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream().map(SourceProblem::toString).toList();
    }

    private static SourceImages read(String text) {
        return JenkinsfileImages.read("Jenkinsfile", text.getBytes(StandardCharsets.UTF_8));
    }
}
