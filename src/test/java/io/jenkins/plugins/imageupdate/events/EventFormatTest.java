package io.jenkins.plugins.imageupdate.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which images a payload of each registry names. The payloads have the fields that the registries' documentation gives. */
class EventFormatTest {
    private static List<String> read(EventFormat format, String payload) throws EventException {
        return read(format, payload, null, Map.of());
    }

    private static List<String> read(EventFormat format, String payload, String registry, Map<String, String> headers)
            throws EventException {
        return format
                .read(
                        payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                        name -> headers.getOrDefault(name, ""),
                        registry)
                .images()
                .stream()
                .map(image -> image.name() + ":" + image.tag())
                .toList();
    }

    private static String refusal(EventFormat format, String payload) {
        return assertThrows(EventException.class, () -> read(format, payload)).getMessage();
    }

    private static String distribution(String action, String mediaType, String tag) {
        return "{'events': [{'action': '" + action + "', 'target': {'mediaType': '" + mediaType
                + "', 'digest': 'sha256:11', 'repository': 'p/app', 'tag': '" + tag
                + "'}, 'request': {'host': 'Registry.example.com:443', 'method': 'PUT'}}]}";
    }

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    @Test
    void distributionAndGitLabNameTheHostThatWasPushedTo() throws EventException {
        for (EventFormat format : List.of(EventFormat.DISTRIBUTION, EventFormat.GITLAB)) {
            assertEquals(
                    List.of("registry.example.com/p/app:stable"),
                    read(format, distribution("push", MANIFEST, "stable")));
            assertEquals(
                    List.of("hub.example.com:5000/p/app:stable"),
                    read(format, distribution("push", MANIFEST, "stable"), "hub.example.com:5000", Map.of()));
        }
    }

    @Test
    void pullsDeletionsBlobsAndUntaggedManifestsAreIgnored() throws EventException {
        for (String payload : List.of(
                distribution("pull", MANIFEST, "stable"),
                distribution("delete", MANIFEST, "stable"),
                distribution("mount", "application/octet-stream", ""),
                distribution("push", "application/octet-stream", ""),
                distribution("push", MANIFEST, ""))) {
            assertEquals(List.of(), read(EventFormat.DISTRIBUTION, payload), payload);
        }
    }

    @Test
    void azureSendsOneEventByItsWebhookAndByEventGrid() throws EventException {
        String event =
                "{'id': '1', 'action': 'push', 'target': {'mediaType': 'application/vnd.docker.distribution.manifest.v2+json',"
                        + " 'repository': 'hello', 'tag': 'v1'}, 'request': {'host': 'demo.azurecr.io'}}";
        assertEquals(List.of("demo.azurecr.io/hello:v1"), read(EventFormat.ACR, event));
        assertEquals(List.of(), read(EventFormat.ACR, "{'id': '1', 'action': 'ping'}"));
        assertEquals(List.of(), read(EventFormat.ACR, event.replace("'push'", "'delete'")));
        String pushed = "Microsoft.ContainerRegistry.ImagePushed";
        assertEquals(
                List.of("demo.azurecr.io/hello:v1"),
                read(EventFormat.CLOUD_EVENTS, "[{'eventType': '" + pushed + "', 'data': " + event + "}]"));
        assertEquals(
                List.of("demo.azurecr.io/hello:v1"),
                read(
                        EventFormat.CLOUD_EVENTS,
                        "{'specversion': '1.0', 'type': '" + pushed + "', 'data': " + event + "}"));
        assertEquals(
                List.of(),
                read(
                        EventFormat.CLOUD_EVENTS,
                        "{'type': 'Microsoft.ContainerRegistry.ImageDeleted', 'data': " + event + "}"));
    }

    @Test
    void eventGridsQuestionIsAnsweredWithItsCodeOnly() throws EventException {
        String question =
                "[{\"eventType\": \"Microsoft.EventGrid.SubscriptionValidationEvent\", \"data\": {\"validationCode\": \"%s\"}}]";
        String code = "512d38b6-c7b8-40c8-89fe-f46f9e9622b6";
        assertEquals(
                code,
                EventFormat.CLOUD_EVENTS
                        .read(question.formatted(code).getBytes(StandardCharsets.UTF_8), name -> "", null)
                        .validationCode());
        assertEquals(
                "",
                EventFormat.CLOUD_EVENTS
                        .read(question.formatted("<b>\\u0022</b>").getBytes(StandardCharsets.UTF_8), name -> "", null)
                        .validationCode());
    }

    @Test
    void harborSendsItsOwnFormatAndCloudEvents() throws EventException {
        String data =
                "{'resources': [{'digest': 'sha256:11', 'tag': 'v1.0', 'resource_url': 'harbor.example.com/library/busybox:v1.0'},"
                        + " {'digest': 'sha256:22', 'tag': '', 'resource_url': 'harbor.example.com/library/busybox@sha256:22'}],"
                        + " 'repository': {'name': 'busybox', 'namespace': 'library', 'repo_full_name': 'library/busybox'}}";
        List<String> pushed = List.of("harbor.example.com/library/busybox:v1.0");
        assertEquals(pushed, read(EventFormat.HARBOR, "{'type': 'PUSH_ARTIFACT', 'event_data': " + data + "}"));
        assertEquals(List.of(), read(EventFormat.HARBOR, "{'type': 'DELETE_ARTIFACT', 'event_data': " + data + "}"));
        assertEquals(
                pushed,
                read(
                        EventFormat.CLOUD_EVENTS,
                        "{'specversion': '1.0', 'type': 'harbor.artifact.pushed', 'data': " + data + "}"));
    }

    @Test
    void zotNamesNoHostAndMayHaveItsAttributesInHeaders() throws EventException {
        String data = "{'name': 'p/app', 'reference': 'stable', 'digest': 'sha256:11', 'mediatype': 'x'}";
        Map<String, String> headers = Map.of("ce-type", "zotregistry.image.updated");
        assertEquals(
                List.of("zot.example.com/p/app:stable"),
                read(EventFormat.CLOUD_EVENTS, data, "zot.example.com", headers));
        String structured = "{'type': 'zotregistry.image.updated', 'data': " + data + "}";
        assertEquals(
                List.of("zot.example.com/p/app:stable"),
                read(EventFormat.CLOUD_EVENTS, structured, "zot.example.com", Map.of()));
        assertEquals(
                List.of(),
                read(
                        EventFormat.CLOUD_EVENTS,
                        structured.replace("'stable'", "'sha256:11'"),
                        "zot.example.com",
                        Map.of()));
        assertTrue(refusal(EventFormat.CLOUD_EVENTS, structured).contains("enter the registry on the source"));
    }

    @Test
    void dockerHubAndQuayNameTheirOwnHosts() throws EventException {
        assertEquals(
                List.of("docker.io/team/app:1.2"),
                read(
                        EventFormat.DOCKER_HUB,
                        "{'callback_url': 'http://127.0.0.1:1/', 'push_data': {'tag': '1.2'}, 'repository': {'repo_name': 'team/app'}}"));
        assertEquals(
                List.of("docker.io/library/nginx:1"),
                read(EventFormat.DOCKER_HUB, "{'push_data': {'tag': '1'}, 'repository': {'repo_name': 'nginx'}}"));
        assertEquals(
                List.of("quay.io/team/app:a", "quay.io/team/app:b"),
                read(
                        EventFormat.QUAY,
                        "{'repository': 'team/app', 'docker_url': 'quay.io/team/app', 'updated_tags': ['a', 'b', 'a', 3]}"));
        assertEquals(List.of(), read(EventFormat.QUAY, "{'docker_url': 'quay.io/team/app', 'build_id': 'fake'}"));
    }

    @Test
    void gitHubsOwnerIsPutInLowerCase() throws EventException {
        String body =
                "{'action': 'published', '%s': {'name': 'App', 'package_type': 'CONTAINER', 'owner': {'login': 'Team'},"
                        + " 'package_version': {'version': 'sha256:11', 'container_metadata': {'tag': {'name': '%s', 'digest': 'sha256:11'}}}}}";
        for (String kind : List.of("package", "registry_package")) {
            Map<String, String> headers = Map.of("X-GitHub-Event", kind);
            assertEquals(
                    List.of("ghcr.io/team/app:v1"), read(EventFormat.GHCR, body.formatted(kind, "v1"), null, headers));
            assertEquals(List.of(), read(EventFormat.GHCR, body.formatted(kind, ""), null, headers));
            assertEquals(
                    List.of(),
                    read(EventFormat.GHCR, body.formatted(kind, "v1").replace("CONTAINER", "npm"), null, headers));
        }
        assertEquals(List.of(), read(EventFormat.GHCR, "{'zen': 'x'}", null, Map.of("X-GitHub-Event", "ping")));
        assertTrue(refusal(EventFormat.GHCR, body).contains("the fields of this format"));
    }

    @Test
    void giteaAndForgejoNameTheHostOfTheirPages() throws EventException {
        String body =
                "{'action': '%s', 'package': {'type': '%s', 'name': 'app', 'owner': {'login': 'Team'}, 'version': '%s',"
                        + " 'html_url': 'https://git.example.com:3000/Team/-/packages/container/app/v1'}}";
        assertEquals(
                List.of("git.example.com:3000/team/app:v1"),
                read(EventFormat.GITEA, body.formatted("created", "container", "v1")));
        assertEquals(List.of(), read(EventFormat.GITEA, body.formatted("deleted", "container", "v1")));
        assertEquals(List.of(), read(EventFormat.GITEA, body.formatted("created", "npm", "1.0")));
        assertEquals(List.of(), read(EventFormat.GITEA, body.formatted("created", "container", "sha256:11")));
    }

    @Test
    void repositoryManagersDoNotTellUnderWhichNameJobsReachAnImage() throws EventException {
        String artifactory =
                "{'domain': 'docker', 'event_type': '%s', 'data': {'repo_key': 'docker-local', 'image_name': 'team/app', 'tag': 'v1',"
                        + " 'sha256': '11'}, 'jpd_origin': 'https://repo.example.com'}";
        assertEquals(
                List.of("repo.example.com/team/app:v1", "repo.example.com/docker-local/team/app:v1"),
                read(EventFormat.ARTIFACTORY, artifactory.formatted("pushed")));
        assertEquals(List.of(), read(EventFormat.ARTIFACTORY, artifactory.formatted("deleted")));
        String nexus =
                "{'action': '%s', 'repositoryName': 'docker', 'component': {'format': 'docker', 'name': 'team/app', 'version': 'v1'}}";
        assertEquals(
                List.of("nexus.example.com/team/app:v1"),
                read(EventFormat.NEXUS, nexus.formatted("UPDATED"), "nexus.example.com", Map.of()));
        assertEquals(List.of(), read(EventFormat.NEXUS, nexus.formatted("DELETED"), "nexus.example.com", Map.of()));
        String asset = "{'action': 'CREATED', 'asset': {'format': 'docker', 'name': 'v2/team/app/%s'}}";
        assertEquals(
                List.of("nexus.example.com/team/app:v1"),
                read(EventFormat.NEXUS, asset.formatted("manifests/v1"), "nexus.example.com", Map.of()));
        assertEquals(
                List.of(), read(EventFormat.NEXUS, asset.formatted("blobs/sha256:11"), "nexus.example.com", Map.of()));
    }

    @Test
    void amazonsHostIsMadeOfAccountAndRegion() throws EventException {
        String body =
                "{'detail-type': 'ECR Image Action', 'source': 'aws.ecr', 'account': '123456789012', 'region': '%s', 'detail': {"
                        + "'result': '%s', 'repository-name': 'team/app', 'image-digest': 'sha256:11', 'action-type': '%s', 'image-tag': 'v1'}}";
        assertEquals(
                List.of("123456789012.dkr.ecr.us-west-2.amazonaws.com/team/app:v1"),
                read(EventFormat.ECR, body.formatted("us-west-2", "SUCCESS", "PUSH")));
        assertEquals(
                List.of("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app:v1"),
                read(EventFormat.ECR, body.formatted("cn-north-1", "SUCCESS", "PUSH")));
        assertEquals(List.of(), read(EventFormat.ECR, body.formatted("us-west-2", "FAILURE", "PUSH")));
        assertEquals(List.of(), read(EventFormat.ECR, body.formatted("us-west-2", "SUCCESS", "DELETE")));
        assertTrue(refusal(EventFormat.ECR, body.formatted("evil.example/", "SUCCESS", "PUSH"))
                .contains("the fields"));
    }

    @Test
    void pubSubPushesAMessageInAnEnvelopeOrWithout() throws EventException {
        String message =
                "{\"action\": \"%s\", \"digest\": \"gcr.io/p/app@sha256:11\", \"tag\": \"gcr.io/p/app:stable\"}";
        assertEquals(List.of("gcr.io/p/app:stable"), read(EventFormat.PUB_SUB, message.formatted("INSERT")));
        assertEquals(List.of(), read(EventFormat.PUB_SUB, message.formatted("DELETE")));
        assertEquals(List.of(), read(EventFormat.PUB_SUB, "{'action': 'INSERT', 'digest': 'gcr.io/p/app@sha256:11'}"));
        String data =
                Base64.getEncoder().encodeToString(message.formatted("INSERT").getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of("gcr.io/p/app:stable"),
                read(
                        EventFormat.PUB_SUB,
                        "{'message': {'data': '" + data + "', 'messageId': '1'}, 'subscription': 's'}"));
        assertTrue(refusal(EventFormat.PUB_SUB, "{'message': {'data': '?'}}").contains("the fields"));
    }

    @Test
    void aNameThatIsNotAnImagesIsRefusedWithoutRepeatingIt() {
        for (String name : List.of("Evil<script>", "../etc", "a b", "\\u0000", "a@sha256:1", "https://x")) {
            String payload = "{'push_data': {'tag': 'x'}, 'repository': {'repo_name': '" + name + "'}}";
            assertEquals("what it names is not an image of a registry", refusal(EventFormat.DOCKER_HUB, payload), name);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingButItsOwnJsonIsRead(EventFormat format) {
        for (String payload : List.of(
                "", "x", "payload=%7B%7D", "[", "1", "null", "{} {}", "[".repeat(1000), "{'a': ".repeat(100) + "1")) {
            assertThrows(EventException.class, () -> read(format, payload), payload);
        }
    }

    @Test
    void aRequestWithThousandsOfEventsIsRefused() {
        String event = distribution("push", MANIFEST, "stable");
        String one = event.substring(event.indexOf('[') + 1, event.lastIndexOf(']'));
        String many = "{'events': [" + String.join(",", Collections.nCopies(1_001, one)) + "]}";
        assertTrue(refusal(EventFormat.DISTRIBUTION, many).contains("more than 1000"));
    }

    @Test
    void everyFormatHasAnIdOfItsOwn() {
        assertEquals(
                EventFormat.values().length,
                Arrays.stream(EventFormat.values())
                        .map(EventFormat::id)
                        .distinct()
                        .count());
        for (EventFormat format : EventFormat.values()) {
            assertEquals(format, EventFormat.of(format.id()));
        }
        assertThrows(IllegalArgumentException.class, () -> EventFormat.of("other"));
    }
}
