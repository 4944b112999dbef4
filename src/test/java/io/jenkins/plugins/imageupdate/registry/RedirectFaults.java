package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.registry.FailureKind.CONFIGURATION;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.NOT_A_REGISTRY;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.REFUSED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.REPOSITORY_NOT_FOUND;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.TAG_NOT_FOUND;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.UNAVAILABLE;
import static io.jenkins.plugins.imageupdate.registry.FaultRow.fails;
import static io.jenkins.plugins.imageupdate.registry.HostFaults.redirected;

import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.time.Duration;
import java.util.List;

/** Registries that are an alias of another, as registry.k8s.io is, and addresses that a registry names wrongly. */
final class RedirectFaults {
    private static final String THERE = "192.0.2.1, to which the registry redirects: HTTP ";
    private static final Reply LOGIN_PAGE = Reply.of(200, "text/html", FaultScene.FOREIGN);

    static final List<FaultRow> ROWS = List.of(
            redirected(
                    "A redirect to a registry that has no such tag",
                    TAG_NOT_FOUND,
                    THERE + "404",
                    Checks.ANONYMOUS,
                    Reply.error(404, "MANIFEST_UNKNOWN", "manifest unknown")),
            redirected(
                    "A redirect to a registry that has no such repository",
                    REPOSITORY_NOT_FOUND,
                    THERE + "404",
                    HostFaults.ROBOT,
                    Reply.error(404, "NAME_UNKNOWN", "repository name not known")),
            redirected(
                    "A redirect to a host that answers 404 in plain text: never taken as a tag that is gone",
                    NOT_A_REGISTRY,
                    THERE + "404",
                    Checks.ANONYMOUS,
                    Reply.of(404, "text/plain", FaultScene.FOREIGN)),
            redirected(
                    "A redirect to a host that answers 403 `DENIED`",
                    CONFIGURATION,
                    "name 192.0.2.1 in the image. Check the spelling too",
                    Checks.ANONYMOUS,
                    Reply.error(403, "DENIED", "Unauthenticated request.")),
            redirected(
                    "A redirect to a registry with a rule of its own",
                    REFUSED,
                    THERE + "412: PROJECTPOLICYVIOLATION not scanned]",
                    HostFaults.ROBOT,
                    Reply.error(412, "PROJECTPOLICYVIOLATION", "not scanned")),
            redirected(
                    "A redirect to a host that answers 500",
                    UNAVAILABLE,
                    THERE + "500",
                    HostFaults.ROBOT,
                    Reply.of(500)),
            redirected(
                    "A redirect to a login page",
                    NOT_A_REGISTRY,
                    "192.0.2.1, to which the registry redirects: the answer is not a manifest, but a page of HTML",
                    HostFaults.ROBOT,
                    LOGIN_PAGE),
            fails(
                    "A token server that is named without a host",
                    CONFIGURATION,
                    "is not a plain http or https address with a host; the registry's external URL may be set wrongly",
                    scene -> HostFaults.checkTokenServer(scene, "/v2/token", HostFaults.ROBOT)),
            loopback(
                    "A listed registry elsewhere whose token server is `localhost`",
                    true,
                    "by Allowed addresses in the registry's entry"),
            loopback(
                    "The same of a registry that is not listed",
                    false,
                    "can add the registry under Container image registries"));

    private RedirectFaults() {}

    private static FaultRow loopback(String seen, boolean listed, String says) {
        return fails(seen, CONFIGURATION, says, scene -> {
            scene.registry(HostFaults.challenge("http://127.0.0.1:3000/v2/token"));
            RegistryEndpoint elsewhere =
                    new RegistryEndpoint("192.0.2.1", true, Duration.ofSeconds(20), 8, false, listed);
            return scene.open(Checks.of(
                            elsewhere,
                            PublicInternet.answeredBy(scene.registry().origin())))
                    .check(FaultScene.IMAGE, HostFaults.ROBOT);
        });
    }
}
