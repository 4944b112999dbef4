package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.util.List;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Pipeline's generators in a real browser: their output is readable, and runs. */
class GeneratorsBrowserTest extends BrowserScene {
    private static final String OURS = ".dropdownList-container";

    /** In one Jenkins, which takes longer to start than a page to be looked at. */
    @TestFactory
    List<DynamicTest> generators() throws Throwable {
        jenkins.runRemotely(rule -> {
            Watching.pipeline(rule, "syntax", "");
        });
        registry.push("p/app", "1.4.0", "one");
        return List.of(dynamicTest("step", this::step), dynamicTest("directive", this::directive));
    }

    private String image() {
        return registry.image("p/app", "1.4.0");
    }

    private String generated(String button, String text) {
        browser.click(browser.find(button));
        browser.waitFor(() -> !browser.find(text).getAttribute("value").isEmpty());
        return browser.find(text).getAttribute("value").strip();
    }

    private void step() throws Throwable {
        browser.look(1280, false);
        open("job/syntax/pipeline-syntax/");
        browser.selectByWords("select.dropdownList", "checkImageUpdate:");
        browser.type("[name='_.image']", image());
        browser.select("[name='_.credentialsId']", Watching.CREDENTIAL);
        looks.judgeForm("step", OURS);
        String snippet = generated("#generatePipelineScript", "#prototypeText");
        assertEquals("checkImageUpdate credentialsId: 'gcr-key', image: '" + image() + "'", snippet);
        String seen = image() + ": first seen";
        jenkins.runRemotely(rule -> {
            rule.assertLogContains(seen, rule.buildAndAssertSuccess(Watching.pipeline(rule, "of-snippet", snippet)));
        });
    }

    private void directive() throws Throwable {
        browser.look(1280, false);
        open("job/syntax/directive-generator/");
        browser.selectByWords("select.dropdownList", "triggers:");
        browser.click(browser.button(OURS, "Add"));
        browser.click(browser.button(".jenkins-dropdown", "imageUpdate"));
        browser.waitFor(() -> !browser.all("[name='_.spec']").isEmpty());
        browser.click(browser.button(OURS, "Add image"));
        browser.type("[name='_.reference']", image());
        browser.select("[name='_.credentialsId']", Watching.CREDENTIAL);
        browser.selectByWords("[name='images'] select.dropdownList", "The highest version within a range");
        browser.type("[name='_.range']", ">=1.4 <2");
        browser.type("[name='_.downstreamJobs']", "deploy");
        looks.judgeForm("directive", OURS);
        String directive = generated("[id^='prototypeButton']", "[id^='prototypeText']");
        assertEquals(
                "triggers {\n  imageUpdate downstreamJobs: ['deploy'], images: [image(credentialsId: 'gcr-key', reference: '"
                        + image() + "', tags: semver('>=1.4 <2'))], spec: 'H/30 * * * *'\n}",
                directive);
        String script = "pipeline {\n  agent none\n" + directive.indent(2)
                + "  stages { stage('s') { steps { echo 'ran' } } }\n}";
        String id = registry.front.host() + "/p/app tags semver >=1.4 <2";
        jenkins.runRemotely(rule -> {
            WorkflowJob job = Watching.pipeline(rule, "of-directive", script);
            rule.buildAndAssertSuccess(job);
            ImageUpdateTrigger trigger = ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class);
            assertEquals(List.of("deploy"), trigger.getDownstreamJobs());
            assertEquals(
                    id, Watching.check("of-directive").images().get(0).image().toString());
        });
    }
}
