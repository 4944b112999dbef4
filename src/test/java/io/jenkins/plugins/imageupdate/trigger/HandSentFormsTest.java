package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.htmlunit.util.WebConnectionWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Forms that were not sent by a browser: missing fields, duplicate fields, wrong types. They are refused in one line, or do no harm. */
@WithSharedJenkins
class HandSentFormsTest {
    private static final String IMAGE = "'images':{'reference':'gcr.io/p/other:1'";

    private static JenkinsRule jenkins;
    private static String systemForm;
    private FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        systemForm = systemForm();
    }

    @BeforeEach
    void job() throws Exception {
        job = jenkins.createFreeStyleProject("app");
        job.addTrigger(PollScene.trigger("gcr.io/p/app:stable"));
        job.save();
    }

    @AfterEach
    void delete() throws Exception {
        job.delete();
    }

    private ImageUpdateTrigger trigger() {
        return job.getTrigger(ImageUpdateTrigger.class);
    }

    private WebResponse post(String path, String... parameters) throws Exception {
        List<NameValuePair> pairs = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            pairs.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            client.getOptions().setRedirectEnabled(false);
            client.getOptions().setJavaScriptEnabled(false);
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST);
            client.addCrumb(request);
            pairs.addAll(request.getRequestParameters());
            request.setRequestParameters(pairs);
            return client.getPage(request).getWebResponse();
        }
    }

    private WebResponse configure(String trigger) throws Exception {
        String name = jenkins.jenkins
                .getDescriptorByType(ImageUpdateTrigger.DescriptorImpl.class)
                .getJsonSafeClassName();
        JSONObject form = new JSONObject();
        form.put("description", "");
        form.put(name, JSONObject.fromObject(trigger));
        return post("job/app/configSubmit", name, "on", "json", form.toString());
    }

    private static void assertRefused(WebResponse answer) {
        assertEquals(400, answer.getStatusCode(), answer::getContentAsString);
        assertFalse(answer.getContentAsString().contains("Stack trace"), answer::getContentAsString);
        assertFalse(answer.getContentAsString().contains("\tat "), answer::getContentAsString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'spec':null}",
                "{'spec':['@daily','@hourly']}",
                "{'spec':{'spec':'@daily'}}",
                "{'spec':'@daily','images':{}}",
                "{'spec':'@daily','images':[{'reference':'gcr.io/p/app:1'},{}]}",
                "{'spec':'@daily','images':'gcr.io/p/app:1'}",
                "{'spec':'@daily','images':[7]}",
                "{'spec':'@daily','images':{'reference':['gcr.io/p/app:1','gcr.io/p/app:2']}}",
                "{'spec':'@daily'," + IMAGE + ",'platform':7}}",
                "{'spec':'@daily'," + IMAGE + ",'tags':'newest'}}",
                "{'spec':'@daily'," + IMAGE + ",'tags':{'stapler-class':'java.lang.Thread'}}}",
                "{'spec':'@daily'," + IMAGE + ",'tags':{'$class':'hudson.tasks.Shell','command':'id'}}}"
            })
    void aTriggerThatIsNoneIsRefused(String json) throws Exception {
        ImageUpdateTrigger before = trigger();
        String config = job.getConfigFile().asString();
        assertRefused(configure(json));
        assertEquals(before, trigger());
        assertEquals(config, job.getConfigFile().asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'spec':'@daily'," + IMAGE + "},'unknown':'field'}",
                "{'spec':'@daily'," + IMAGE + ",'credentialsId':null,'platform':'','tags':null}}",
                "{'spec':'@daily','images':[{'reference':' gcr.io/p/other:1 '}],'downstreamJobs':null}",
                "{'spec':'@daily','buildOnFirstCheck':'maybe'," + IMAGE + "}}"
            })
    void whatIsTooMuchOrEmptyDoesNoHarm(String json) throws Exception {
        assertEquals(302, configure(json).getStatusCode());
        assertEquals(List.of(new TriggerImage("gcr.io/p/other:1")), trigger().getImages());
        assertFalse(trigger().isBuildOnFirstCheck());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'registries':{}}",
                "{'registries':'gcr.io'}",
                "{'registries':[{'prefix':['gcr.io','quay.io']}]}",
                "{'registries':[{'prefix':'gcr.io','parallel':'many'}]}",
                "{'registries':[{'prefix':'gcr.io','parallel':''}]}",
                "{'registries':[{'prefix':'gcr.io','timeoutSeconds':[1,2]}]}",
                "{'registries':[{'prefix':'gcr.io'},{'prefix':'gcr.io'}]}"
            })
    void registriesThatAreNoneAreRefused(String json) throws Exception {
        RegistriesConfiguration configuration = RegistriesConfiguration.get();
        List<ConfiguredRegistry> before = List.of(new ConfiguredRegistry("gcr.io/team"));
        configuration.setRegistries(before);
        assertRefused(configureRegistries(json));
        assertEquals(before, configuration.getRegistries());
        assertFalse(configuration.isListedOnly());
    }

    private WebResponse configureRegistries(String json) throws Exception {
        JSONObject form = JSONObject.fromObject(systemForm);
        form.put(RegistriesConfiguration.get().getDescriptor().getJsonSafeClassName(), JSONObject.fromObject(json));
        return post("manage/configSubmit", "json", form.toString());
    }

    /** As a browser sends it: other parts of the form are Jenkins' own and want all of their fields. */
    private static String systemForm() throws Exception {
        AtomicReference<String> sent = new AtomicReference<>();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setWebConnection(new WebConnectionWrapper(client) {
                @Override
                public WebResponse getResponse(WebRequest request) throws IOException {
                    request.getRequestParameters().stream()
                            .filter(pair -> pair.getName().equals("json"))
                            .forEach(pair -> sent.set(pair.getValue()));
                    return super.getResponse(request);
                }
            });
            jenkins.submit(client.goTo("manage/configure").getFormByName("config"));
        }
        return sent.get();
    }

    @Test
    void aSingleRegistryMayBeSentWithoutAList() throws Exception {
        String json = "{'registries':{'prefix':'quay.io','parallel':'3','unknown':'field'},'listedOnly':'true'}";
        assertEquals(302, configureRegistries(json).getStatusCode());
        ConfiguredRegistry expected = new ConfiguredRegistry("quay.io");
        expected.setParallel(3);
        assertEquals(List.of(expected), RegistriesConfiguration.get().getRegistries());
        RegistriesConfiguration.get().setListedOnly(false);
    }

    @Test
    void buttonsAcceptOnlyKnownImages() throws Exception {
        WebResponse unknown = post("job/app/image-updates/buildAsIfUpdated", "image", "gcr.io/p/none:1");
        assertRefused(unknown);
        assertTrue(unknown.getContentAsString().contains("No digest known yet"), unknown::getContentAsString);
        assertRefused(post("job/app/image-updates/buildAsIfUpdated"));
        assertRefused(post("job/app/image-updates/buildAsIfUpdated", "image", "<b>", "image", "gcr.io/p/app:stable"));
        assertRefused(post("job/app/image-updates/buildAsIfUpdated", "picture", "gcr.io/p/app:stable"));
        WebResponse nothing = post("job/app/image-updates/buildNow", "image", "gcr.io/p/app:stable");
        assertRefused(nothing);
        assertTrue(nothing.getContentAsString().contains("does not wait"), nothing::getContentAsString);
        assertRefused(post("job/app/image-updates/buildNow"));
        assertEquals(0, job.getBuilds().size());
        job.removeTrigger(trigger().getDescriptor());
        WebResponse none = post("job/app/image-updates/checkNow", "image", "x", "image", "y");
        assertTrue(none.getStatusCode() == 404 || none.getStatusCode() == 400, none::getContentAsString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=FAILED&status=none",
                "status=none&status=FAILED&page=2&page=x&sort=&sort=JOB",
                "page=&q=&registry=&descending=",
                "page=0",
                "page=-1&descending=1",
                "q=%00&registry=%0A"
            })
    void theTableTakesWhatItUnderstands(String query) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setJavaScriptEnabled(false);
            assertEquals(
                    200,
                    client.goTo("manage/image-updates/?" + query)
                            .getWebResponse()
                            .getStatusCode());
        }
    }
}
