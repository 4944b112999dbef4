package io.jenkins.plugins.imageupdate.events;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The forms in which registries tell of pushes, and how each proves where an event comes from. */
public enum EventFormat {
    DISTRIBUTION("distribution", "Distribution (Docker Registry)", Proof.HEADER, DistributionEvents::readAll),
    CLOUD_EVENTS("cloudevents", "CloudEvents (Harbor, zot, Azure Event Grid)", Proof.HEADER, CloudEvents::read),
    DOCKER_HUB("dockerhub", "Docker Hub", Proof.PATH, HubEvents::dockerHub),
    QUAY("quay", "Quay", Proof.PATH, HubEvents::quay),
    GHCR("ghcr", "GitHub Packages (ghcr.io)", Proof.HMAC_SHA256, ForgeEvents::gitHub),
    GITLAB("gitlab", "GitLab", Proof.HEADER, DistributionEvents::readAll),
    HARBOR("harbor", "Harbor", Proof.HEADER, HarborEvents::read),
    ACR("acr", "Azure Container Registry", Proof.HEADER, DistributionEvents::read),
    ECR("ecr", "Amazon ECR (EventBridge)", Proof.HEADER, CloudRegistryEvents::ecr),
    ARTIFACTORY("artifactory", "Artifactory", Proof.HEADER, RepositoryManagerEvents::artifactory),
    NEXUS("nexus", "Nexus Repository", Proof.HMAC_SHA1, RepositoryManagerEvents::nexus),
    GITEA("gitea", "Gitea, Forgejo", Proof.HMAC_SHA256, ForgeEvents::gitea),
    PUB_SUB("pubsub", "Google Pub/Sub push", Proof.GOOGLE_TOKEN, CloudRegistryEvents::pubSubPush);

    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private final String id;
    private final String title;
    private final Proof proof;
    private final EventPayload.Reader reader;

    EventFormat(String id, String title, Proof proof, EventPayload.Reader reader) {
        this.id = id;
        this.title = title;
        this.proof = proof;
        this.reader = reader;
    }

    /**
     * The format of this id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EventFormat of(String id) {
        for (EventFormat format : values()) {
            if (format.id.equals(id)) {
                return format;
            }
        }
        throw new IllegalArgumentException("\"" + id + "\" is not a format of push events; there are "
                + String.join(
                        ", ", List.of(values()).stream().map(EventFormat::id).toList()));
    }

    /** As it is written in the configuration. */
    public String id() {
        return id;
    }

    /** The registry's own name. */
    public String title() {
        return title;
    }

    public Proof proof() {
        return proof;
    }

    /** Whether no event of this format names a host, so that an administrator has to enter the registry. */
    public boolean needsRegistry() {
        return this == NEXUS;
    }

    /**
     * What a request says.
     *
     * @param images the pushed images, each once; empty if it tells of something other than a push
     * @param validationCode to be sent back to Azure Event Grid; empty for none
     */
    public record Content(List<PushedImage> images, String validationCode) {}

    /**
     * Reads a request.
     *
     * @param headers the value of a header by its name, empty if it is missing
     * @param registry see {@link EventPayload}
     * @throws EventException if this is not an event in this format
     */
    public Content read(byte[] body, UnaryOperator<String> headers, @CheckForNull String registry)
            throws EventException {
        JsonNode document = Json.read(body);
        if (document.isMissingNode()) {
            throw new EventException("it is not JSON: choose application/json as its content type");
        }
        String code = this == CLOUD_EVENTS ? CloudEvents.validationCode(document) : "";
        if (CODE.matcher(code).matches()) {
            return new Content(List.of(), code);
        }
        List<PushedImage> images = reader.read(new EventPayload(document, headers, registry));
        return new Content(List.copyOf(new LinkedHashSet<>(images)), "");
    }
}
