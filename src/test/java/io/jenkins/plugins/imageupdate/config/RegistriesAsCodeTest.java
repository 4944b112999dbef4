package io.jenkins.plugins.imageupdate.config;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toStringFromYamlFile;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.imageupdate.harness.AsCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.junit.jupiter.api.Test;

/** The registries in Configuration as Code. */
@WithJenkinsConfiguredWithCode
class RegistriesAsCodeTest {
    private static final List<ConfiguredRegistry> EXPECTED = expected();

    private static List<ConfiguredRegistry> expected() {
        ConfiguredRegistry google = new ConfiguredRegistry("gcr.io/project");
        google.setCredentialsId("gcr-key");
        google.setSignLocally(true);
        google.setServiceAccount("images@project.iam.gserviceaccount.com");
        ConfiguredRegistry own = new ConfiguredRegistry("registry.example.com:5000");
        own.setPlainHttp(true);
        own.setRequestsPerMinute(30);
        own.setReconcileMinutes(1440);
        own.setMirror("mirror.example.com:5001");
        own.setMinimumAge("3d");
        own.setPushTimesBelieved(true);
        own.setHeadersSecretId("access-headers");
        own.setAllowedAddresses(List.of("198.18.0.0/15", "fd00::/8"));
        own.setParallel(4);
        own.setTimeoutSeconds(60);
        own.setGoogleKeysAllowed(true);
        own.setControllerIdentity(true);
        own.setControllerIdentityFolders(List.of("team", "other/folder"));
        return List.of(google, own);
    }

    @Test
    @ConfiguredWithCode("registries.yml")
    void registriesAreReadFromYaml(JenkinsConfiguredWithCodeRule jenkins) {
        assertEquals(EXPECTED, RegistriesConfiguration.get().getRegistries());
        assertTrue(RegistriesConfiguration.get().isListedOnly());
        assertTrue(RegistriesConfiguration.get().isCheckAfterStart());
    }

    @Test
    @ConfiguredWithCode("registries.yml")
    void exportedYamlEqualsTheImportedYaml(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String exported = toYamlString(getUnclassifiedRoot(context).get("imageUpdateCheck"));
        assertEquals(toStringFromYamlFile(this, "registries-export.yml"), exported);
    }

    @Test
    @ConfiguredWithCode("registries.yml")
    void aWrongSettingIsNamedAndChangesNothing(JenkinsConfiguredWithCodeRule jenkins) {
        assertRefused("prefix: 'gcr.io'\n        paralel: 4", "paralel");
        assertRefused("prefix: 'gcr.io'\n        parallel: 0", "parallel must be between 1 and");
        assertRefused("prefix: 'gcr.io'\n        timeoutSeconds: 100000", "timeoutSeconds must be between 1 and");
        assertRefused("prefix: 'https://gcr.io'", "https://gcr.io");
        assertRefused("prefix: 'gcr.io'\n      - prefix: 'gcr.io'", "There are two entries for \"gcr.io\"");
        assertRefused("prefix: 'gcr.io'\n        parallel: many", "parallel must be between 1 and");
        assertRefused("prefix: 'gcr.io'\n        plainHttp:\n          - true", "plainHttp");
        assertRefused("prefix: 'gcr.io'\n    listedOnlly: true", "listedOnlly");
        assertRefused("credentialsId: 'gcr-key'", "prefix");
        assertRefused("prefix: 'gcr.io'\n        requestsPerMinute: -1", "requestsPerMinute must be between 0 and");
        assertRefused("prefix: 'gcr.io'\n        reconcileMinutes: 50000", "reconcileMinutes must be between 0 and");
        assertRefused("prefix: 'gcr.io'\n        mirror: 'mirror'", "\"mirror\" does not begin with the host");
        assertRefused("prefix: 'gcr.io'\n        minimumAge: '3 days'", "'3 days' is not a minimum age");
        assertRefused("prefix: 'gcr.io'\n        mirror: 'a.example/b'", "\"a.example/b\" is more than a host");
        assertRefused(
                "prefix: 'gcr.io'\n        serviceAccount: 'a@example.com'",
                "\"a@example.com\" is not the email of a Google service account");
        assertRefused(
                "prefix: 'gcr.io'\n        allowedAddresses: ['10.0/8']", "\"10.0/8\" is not a range of addresses");
        assertRefused("prefix: 'gcr.io'\n        certificateAuthorities: 'none'", "certificate");
    }

    @Test
    @ConfiguredWithCode("registries.yml")
    void everyKeyIsDocumented(JenkinsConfiguredWithCodeRule jenkins) throws IOException {
        List<String> keys = Files.readString(Path.of("docs/as-code.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`")[1])
                .sorted()
                .toList();
        assertEquals(
                DescribableModel.of(ConfiguredRegistry.class).getParameters().stream()
                        .map(DescribableParameter::getName)
                        .sorted()
                        .toList(),
                keys);
    }

    private static void assertRefused(String entry, String words) {
        String yaml = "unclassified:\n  imageUpdateCheck:\n    registries:\n      - " + entry + "\n";
        AsCode.assertRefused(yaml, words);
        assertEquals(EXPECTED, RegistriesConfiguration.get().getRegistries());
    }
}
