package io.jenkins.plugins.imageupdate.push;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toStringFromYamlFile;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.imageupdate.harness.AsCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Push events in Configuration as Code, and in the form. */
@WithJenkinsConfiguredWithCode
class PushEventsAsCodeTest {
    private static final List<EventSource> SOURCES = sources();
    private static final List<EventSubscription> SUBSCRIPTIONS = subscriptions();

    private static List<EventSource> sources() {
        EventSource own = new EventSource("own-registry", "distribution");
        own.setSecretId("events-secret");
        own.setRegistry("registry.example.com:5000");
        EventSource google = new EventSource("google", "pubsub");
        google.setServiceAccount("push@my-project.iam.gserviceaccount.com");
        google.setAudience("https://jenkins.example.com/events");
        return List.of(own, google);
    }

    private static List<EventSubscription> subscriptions() {
        EventSubscription pulled = new EventSubscription("projects/my-project/subscriptions/jenkins");
        pulled.setCredentialsId("gcr-key");
        return List.of(pulled);
    }

    @Test
    @ConfiguredWithCode("push-events.yml")
    void sourcesAndSubscriptionsAreReadAndExported(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        assertEquals(SOURCES, PushEventsConfiguration.get().getSources());
        assertEquals(SUBSCRIPTIONS, PushEventsConfiguration.get().getSubscriptions());
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String exported = toYamlString(getUnclassifiedRoot(context).get("imageUpdateEvents"));
        assertEquals(toStringFromYamlFile(this, "push-events-export.yml"), exported);
    }

    @Test
    @ConfiguredWithCode("push-events.yml")
    void theFormKeepsThem(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        jenkins.configRoundtrip();
        assertEquals(SOURCES, PushEventsConfiguration.get().getSources());
        assertEquals(SUBSCRIPTIONS, PushEventsConfiguration.get().getSubscriptions());
    }

    @Test
    @ConfiguredWithCode("push-events.yml")
    void aWrongSettingIsNamedAndChangesNothing(JenkinsConfiguredWithCodeRule jenkins) {
        assertRefused("sources:\n      - {name: 'a/b', format: 'quay'}", "\"a/b\" is not a name for a source");
        assertRefused("sources:\n      - {name: 'a', format: 'other'}", "\"other\" is not a format of push events");
        assertRefused("sources:\n      - {name: 'a', format: 'nexus'}", "enter its host");
        assertRefused("sources:\n      - {name: 'a', format: 'pubsub'}", "enter the service account");
        assertRefused(
                "sources:\n      - {name: 'a', format: 'quay'}\n      - {name: 'a', format: 'harbor'}",
                "two sources with the name \"a\"");
        assertRefused("sources:\n      - {name: 'a', format: 'quay', registry: 'x/y/z'}", "x/y/z");
        assertRefused("sources:\n      - {name: 'a', format: 'quay', secret: 'x'}", "secret");
        assertRefused("subscriptions:\n      - {subscription: 'jenkins'}", "\"jenkins\" is not the full name");
    }

    private static void assertRefused(String entry, String words) {
        String yaml = "unclassified:\n  imageUpdateEvents:\n    " + entry + "\n";
        AsCode.assertRefused(yaml, words);
        assertEquals(SOURCES, PushEventsConfiguration.get().getSources());
        assertEquals(SUBSCRIPTIONS, PushEventsConfiguration.get().getSubscriptions());
    }
}
