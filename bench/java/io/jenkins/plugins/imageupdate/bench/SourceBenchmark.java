package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.WorkspaceFiles;
import io.jenkins.plugins.imageupdate.source.files.FileImages;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long files of 2 MB and some 33,000 lines take to be read, once the virtual machine is warm. Prints the
 * median of 11 readings, in time of the processor, which other work on the machine changes little. */
public final class SourceBenchmark {
    private static final int WARM_UP = 15;
    private static final int READINGS = 11;
    private static final double NANOS_IN_MILLI = 1e6;

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private SourceBenchmark() {}

    public static void main(String... arguments) {
        files().forEach((name, text) -> {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < WARM_UP; i++) {
                read(name, content);
            }
            double[] millis = new double[READINGS];
            SourceImages images = null;
            for (int i = 0; i < READINGS; i++) {
                long start = CLOCK.getCurrentThreadCpuTime();
                images = read(name, content);
                millis[i] = (CLOCK.getCurrentThreadCpuTime() - start) / NANOS_IN_MILLI;
            }
            Arrays.sort(millis);
            System.out.printf(
                    "%-18s %9d bytes %6d lines %5d images %2d problems  median %6.1f ms%n",
                    name,
                    content.length,
                    text.lines().count(),
                    images.uses().size(),
                    images.problems().size(),
                    millis[READINGS / 2]);
        });
    }

    private static SourceImages read(String name, byte[] content) {
        return FileImages.read(name, content, Map.of(), WorkspaceFiles.NONE);
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("deployments.yaml", repeated(950, i -> DEPLOYMENT.formatted(i, i, i, i, i), "---\n"));
        files.put("deployments.json", repeated(950, i -> DEPLOYMENT_JSON.formatted(i, i, i), "\n"));
        files.put("definitions.yaml", DEFINITION + repeated(5_500, i -> PROPERTY.formatted(i, i), ""));
        files.put("compose.yaml", "services:\n" + repeated(995, SourceBenchmark::service, ""));
        files.put(
                "Jenkinsfile",
                "pipeline {\n  agent none\n  stages {\n" + repeated(450, i -> STAGE.formatted(i, i), "") + "}}\n");
        return files;
    }

    private static String service(int number) {
        return "  service%d:%n    image: registry.example.com/team/service-%d:1.2%n    environment:%n"
                        .formatted(number, number)
                + repeated(
                        30,
                        i -> "      VARIABLE_%d: \"a value as people write them, number %d\"%n".formatted(i, i),
                        "");
    }

    private static String repeated(int count, IntFunction<String> part, String between) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(between));
    }

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: application-%d
              labels:
                app.kubernetes.io/name: application
                app.kubernetes.io/managed-by: a-tool-with-a-long-name-that-fills-lines-as-they-are-in-real-bundles-of-operators
            spec:
              replicas: 3
              selector:
                matchLabels: {app: application-%d}
              template:
                spec:
                  containers:
                    - name: main
                      image: registry.example.com/team/application-%d:1.2.3
                      args: ["--verbose", "--listen=0.0.0.0:8080", "--database=postgres://database.example.com:5432/application"]
                      env:
                        - name: CONFIGURATION_PATH
                          value: /etc/application/configuration/that/is/mounted/from/a/config-map/of/the/same/name.yaml
                        - name: LOG_LEVEL
                          value: "info"
                      resources:
                        limits: {cpu: 500m, memory: 512Mi}
                        requests: {cpu: 100m, memory: 128Mi}
                      livenessProbe:
                        httpGet: {path: /healthz, port: 8080}
                        initialDelaySeconds: 10
                  volumes:
                    - name: configuration
                      configMap: {name: application-%d}
                    - name: temporary
                      emptyDir: {}
                  # A comment that says why, as there are many in files that people write themselves, and some more words for it %d
            """;

    private static final String DEPLOYMENT_JSON = """
            {
            \t"apiVersion": "apps/v1", "kind": "Deployment",
            \t"metadata": {
            \t\t"name": "application-%d",
            \t\t"annotations": {
            \t\t\t"description": "A description that is as long as they are in real files, so that the file has the size that is asked for here"
            \t\t}
            \t},
            \t"spec": {
            \t\t"replicas": 3,
            \t\t"template": {
            \t\t\t"spec": {
            \t\t\t\t"containers": [
            \t\t\t\t\t{
            \t\t\t\t\t\t"name": "main",
            \t\t\t\t\t\t"image": "registry.example.com\\/team\\/application-%d:1.2.3",
            \t\t\t\t\t\t"env": [
            \t\t\t\t\t\t\t{"name": "CONFIGURATION", "value": "/etc/application/configuration/that/is/mounted/from/a/config-map.yaml"},
            \t\t\t\t\t\t\t{"name": "LEVEL", "value": "info"},
            \t\t\t\t\t\t\t{"name": "DATABASE", "value": "postgres://database.example.com:5432/application-%d"}
            \t\t\t\t\t\t],
            \t\t\t\t\t\t"resources": {
            \t\t\t\t\t\t\t"limits": {"cpu": "500m", "memory": "512Mi"},
            \t\t\t\t\t\t\t"requests": {"cpu": "100m", "memory": "128Mi"}
            \t\t\t\t\t\t},
            \t\t\t\t\t\t"livenessProbe": {
            \t\t\t\t\t\t\t"httpGet": {"path": "/healthz", "port": 8080},
            \t\t\t\t\t\t\t"initialDelaySeconds": 10
            \t\t\t\t\t\t}
            \t\t\t\t\t}
            \t\t\t\t]
            \t\t\t}
            \t\t}
            \t}
            }
            """;

    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.example.com}
            spec:
              versions:
                - name: v1
                  schema:
                    openAPIV3Schema:
                      properties:
            """;

    private static final String PROPERTY = """
                            property%d:
                              description: |-
                                What this property means, in several lines that are folded at some width, as generators
                                write them: property %d is of importance to those who use it, and is to be left alone by others,
                                unless the documentation says something else.
                              type: string
            """;

    private static final String STAGE = """
                stage('number %d') {
                    agent { docker { image 'registry.example.com/team/tools:%d'; label 'linux' } }
                    steps {
                        sh 'make --jobs=4 --output-sync all'
                        script {
                            def result = [name: env.STAGE_NAME, ok: true]
                            if (params.VERBOSE) { echo "done: ${result.name}" }
                        }
                    }
                }
            """;
}
