package io.jenkins.plugins.imageupdate.security;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.User;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.Certificates;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateBuilder;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep;
import io.jenkins.plugins.imageupdate.testing.Attack;
import java.util.List;
import java.util.stream.Stream;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** What a job may sign in with, and whom it may ask. */
final class CredentialAttacks {
    private final JenkinsScene scene;

    CredentialAttacks(JenkinsScene scene) {
        this.scene = scene;
    }

    List<Attack> rows() {
        return Stream.concat(
                        Stream.of("system-robot", "team-robot", "gcr-robot", "no-robot")
                                .flatMap(id -> Stream.of(byTrigger(id), byBuild(id))),
                        Stream.of(
                                byAnother(),
                                moved(),
                                takenAway(),
                                lentElsewhere("other/app", scene.job),
                                lentElsewhere("team-b/app", null),
                                asked(
                                        "an unlisted registry, where only listed registries are allowed",
                                        "only registries that an administrator listed",
                                        true,
                                        scene.evil.host() + "/secret/app:stable"),
                                asked(
                                        "a path on a listed registry's host that is not listed",
                                        "only a registry that an administrator listed",
                                        false,
                                        scene.evil.host() + "/secret/app:stable"),
                                asked(
                                        "a name with the same beginning as a listed one",
                                        "only a registry that an administrator listed",
                                        false,
                                        scene.evil.host() + "/opener/app:stable"),
                                asked(
                                        "another port of the controller",
                                        "only a registry that an administrator listed",
                                        false,
                                        scene.jenkins.jenkins.getRootUrl().replaceAll("https?://(.*?)/.*", "$1")
                                                + "/p/app:stable")))
                .toList();
    }

    private static String where(String id) {
        return switch (id) {
            case "system-robot" -> "of system scope";
            case "team-robot" -> "of another folder";
            case "gcr-robot" -> "of a domain that has gcr.io only";
            default -> "that is not there";
        };
    }

    private Attack byTrigger(String id) {
        return new Attack(
                "a credential that is not the job's",
                "a trigger whose image names one " + where(id),
                "no credential with id '" + id + "' can be used here",
                () -> {
                    scene.evil.clear();
                    String said = scene.checked(scene.evil.host() + "/open/app:stable", id);
                    scene.assertNothingGiven();
                    return said;
                });
    }

    private Attack byBuild(String id) {
        return new Attack(
                "a credential that is not the job's",
                "a build whose image names one " + where(id),
                "no credential with id '" + id + "' can be used here",
                () -> {
                    scene.evil.clear();
                    CheckImageUpdateStep check = new CheckImageUpdateStep(scene.evil.host() + "/open/app:stable");
                    check.setCredentialsId(id);
                    FreeStyleProject job = scene.other.createProject(FreeStyleProject.class, "by-build-" + id);
                    job.getBuildersList().add(new CheckImageUpdateBuilder(check));
                    String log = scene.jenkins
                            .buildAndAssertStatus(hudson.model.Result.FAILURE, job)
                            .getLog();
                    scene.assertNothingGiven();
                    return log;
                });
    }

    /** Who reads a job may not use what it may use. */
    private Attack byAnother() {
        return new Attack(
                "a credential that is not the job's",
                "one of the job's folder, where its builds run as a user who may not use it",
                "no credential with id 'other-robot' can be used here",
                () -> {
                    var authenticators =
                            QueueItemAuthenticatorConfiguration.get().getAuthenticators();
                    authenticators.add(new MockQueueItemAuthenticator()
                            .authenticate(
                                    "other/app", User.getById("reader", true).impersonate2()));
                    scene.evil.clear();
                    try {
                        return scene.checked(scene.evil.host() + "/open/app:stable", "other-robot");
                    } finally {
                        scene.assertNothingGiven();
                        authenticators.clear();
                    }
                });
    }

    /** What a job may use is decided at each check. */
    private Attack moved() {
        return new Attack(
                "a credential that is not the job's",
                "one of the folder that the job was moved out of",
                "no credential with id 'team-robot' can be used here",
                () -> {
                    FreeStyleProject job = scene.team.createProject(FreeStyleProject.class, "moving");
                    String image = scene.evil.host() + "/open/app:stable";
                    scene.check(job, image, "team-robot");
                    FreeStyleProject moved = Items.move(job, scene.other);
                    scene.evil.clear();
                    Sighting seen = scene.check(moved, image, "team-robot");
                    scene.assertNothingGiven();
                    return String.valueOf(seen.failure());
                });
    }

    private Attack takenAway() {
        return new Attack(
                "the controller's client certificate",
                "a check of its registry after an administrator deleted the credential",
                "no Certificate credential has the id 'certificate'",
                () -> {
                    Credentials certificate = Certificates.credential("certificate");
                    CredentialsStore store = CredentialsProvider.lookupStores(scene.jenkins.jenkins)
                            .iterator()
                            .next();
                    store.addCredentials(Domain.global(), certificate);
                    ConfiguredRegistry registry = new ConfiguredRegistry(scene.evil.host());
                    registry.setPlainHttp(true);
                    registry.setClientCertificateId("certificate");
                    RegistriesConfiguration.get().setRegistries(List.of(registry));
                    scene.evil.pushImage("open/app", "stable", "one");
                    try {
                        String image = scene.evil.host() + "/open/app:stable";
                        scene.checked(image, null);
                        store.removeCredentials(Domain.global(), certificate);
                        scene.evil.clear();
                        String said = scene.checked(image, null);
                        return scene.evil.requests().isEmpty() ? said : "it was asked";
                    } finally {
                        scene.configure(false);
                    }
                });
    }

    /** The image is there for everybody, so that nobody is asked for the controller's token. */
    private Attack lentElsewhere(String name, FreeStyleProject given) {
        return new Attack(
                "the controller's Google identity",
                "the job `" + name + "`, where it is lent to the folder `team`",
                "signed in with null",
                () -> {
                    scene.evil.pushImage("lent/app", "stable", "one");
                    FreeStyleProject job = given != null
                            ? given
                            : scene.jenkins
                                    .createProject(com.cloudbees.hudson.plugins.folder.Folder.class, "team-b")
                                    .createProject(FreeStyleProject.class, "app");
                    var seen = scene.check(job, scene.evil.host() + "/lent/app:stable", null);
                    return "signed in with " + seen.credentialsId();
                });
    }

    private Attack asked(String tried, String refusal, boolean listedOnly, String image) {
        return new Attack("a registry that is not allowed", tried, refusal, () -> {
            scene.configure(listedOnly);
            scene.evil.clear();
            try {
                String said = scene.checked(image, null);
                if (!scene.evil.requests().isEmpty()) {
                    throw new AssertionError("it was asked");
                }
                return said;
            } finally {
                scene.configure(false);
            }
        });
    }
}
