package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;

/** The API of a Kubernetes cluster, as far as it tells of one running pod. Other objects do not exist. */
public final class KubernetesApi extends LoopbackServer {
    private final String path;
    private final ObjectNode pod = JsonNodeFactory.instance.objectNode();
    private final String workspace;
    private boolean gone;

    private KubernetesApi(String namespace, String name, String workspace) {
        super(null);
        this.workspace = workspace;
        path = "/api/v1/namespaces/" + namespace + "/pods/" + name;
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("namespace", namespace).put("name", name);
    }

    /** @param workspace folder in which the agent's own container works */
    public static KubernetesApi start(String namespace, String pod, String workspace) {
        KubernetesApi server = new KubernetesApi(namespace, pod, workspace);
        server.empty().open();
        return server;
    }

    public boolean isPod(RecordedRequest request) {
        return request.isGet() && request.path().equals(path);
    }

    /** Takes all containers out of the pod but the agent's own. The pod exists from now on. */
    public synchronized KubernetesApi empty() {
        gone = false;
        for (String list : new String[] {"initContainers", "containers"}) {
            pod.withObject("/spec").putArray(list);
        }
        pod.putObject("status");
        container("jnlp", "jenkins/inbound-agent:latest", "docker.io/jenkins/inbound-agent@sha256:" + "1".repeat(64));
        ((ObjectNode) pod.at("/spec/containers/0")).put("workingDir", workspace);
        return this;
    }

    /** Adds a container of the kind {@code containers}. */
    public KubernetesApi container(String name, String image, String imageId) {
        return add("containers", "containerStatuses", name, image, imageId);
    }

    public KubernetesApi initContainer(String name, String image, String imageId) {
        return add("initContainers", "initContainerStatuses", name, image, imageId);
    }

    /** @param imageId null for a container without a status */
    private synchronized KubernetesApi add(String list, String statuses, String name, String image, String imageId) {
        pod.withObject("/spec").withArray(list).addObject().put("name", name).put("image", image);
        if (imageId != null) {
            ArrayNode all = pod.withObject("/status").withArray(statuses);
            // As containerd does, the status names the image otherwise than the specification.
            all.addObject()
                    .put("name", name)
                    .put("image", "sha256:" + "0".repeat(64))
                    .put("imageID", imageId);
        }
        return this;
    }

    public synchronized void delete() {
        gone = true;
    }

    @Override
    synchronized Reply handle(RecordedRequest request, InputStream body) {
        if (isPod(request) && !gone) {
            return Reply.json(200, pod);
        }
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("apiVersion", "v1")
                .put("kind", "Status")
                .put("status", "Failure")
                .put("reason", "NotFound");
        return Reply.json(404, status.put("code", 404));
    }
}
