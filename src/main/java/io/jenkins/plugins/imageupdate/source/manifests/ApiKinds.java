package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Set;

/** The kinds of Kubernetes' own API (<a href="https://kubernetes.io/docs/reference/kubernetes-api/">API reference</a>). */
final class ApiKinds {
    /** Those that hold no pod, so that there is nothing to say about them. */
    static final Set<String> WITHOUT_IMAGES = Set.of(
            "APIService",
            "Binding",
            "CertificateSigningRequest",
            "ClusterRole",
            "ClusterRoleBinding",
            "ClusterTrustBundle",
            "ConfigMap",
            "ControllerRevision",
            "CSIDriver",
            "CSINode",
            "CSIStorageCapacity",
            "CustomResourceDefinition",
            "DeviceClass",
            "Endpoints",
            "EndpointSlice",
            "Event",
            "FlowSchema",
            "HorizontalPodAutoscaler",
            "Ingress",
            "IngressClass",
            "IPAddress",
            "Lease",
            "LimitRange",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingWebhookConfiguration",
            "Namespace",
            "NetworkPolicy",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "PodDisruptionBudget",
            "PodSecurityPolicy",
            "PriorityClass",
            "PriorityLevelConfiguration",
            "ResourceClaim",
            "ResourceClaimTemplate",
            "ResourceQuota",
            "ResourceSlice",
            "Role",
            "RoleBinding",
            "RuntimeClass",
            "Secret",
            "Service",
            "ServiceAccount",
            "ServiceCIDR",
            "StorageClass",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "VolumeAttachment",
            "VolumeAttributesClass");

    private ApiKinds() {}

    /** Whether an API version is of Kubernetes itself: no domain, or one under k8s.io; also where it is left out. */
    static boolean ownGroup(@CheckForNull String apiVersion) {
        if (apiVersion == null || apiVersion.indexOf('/') < 0) {
            return true;
        }
        String group = apiVersion.substring(0, apiVersion.indexOf('/'));
        return group.indexOf('.') < 0 || group.endsWith(".k8s.io");
    }
}
