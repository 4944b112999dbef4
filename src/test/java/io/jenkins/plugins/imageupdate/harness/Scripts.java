package io.jenkins.plugins.imageupdate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.model.TopLevelItem;
import java.util.List;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs sandboxed Pipelines, and reads the errors in their logs. */
public final class Scripts {
    private Scripts() {}

    public static WorkflowJob job(JenkinsRule jenkins, ItemGroup<?> where, String name, String script)
            throws Exception {
        WorkflowJob.DescriptorImpl type = jenkins.jenkins.getDescriptorByType(WorkflowJob.DescriptorImpl.class);
        TopLevelItem job = ((ModifiableTopLevelItemGroup) where).createProject(type, name, true);
        ((WorkflowJob) job).setDefinition(new CpsFlowDefinition(script, true));
        return (WorkflowJob) job;
    }

    /** The one line in which a build says why it failed; fails if it says more, such as a stack trace. */
    public static String onlyError(Run<?, ?> run) throws Exception {
        List<String> log = JenkinsRule.getLog(run).lines().toList();
        assertEquals(
                List.of(),
                log.stream()
                        .filter(line -> line.startsWith("\t") || line.contains("Exception"))
                        .toList(),
                "no stack trace");
        int last = log.size() - 1;
        List<String> errors =
                log.stream().filter(line -> line.startsWith("ERROR: ")).toList();
        assertEquals(1, errors.size(), () -> String.join("\n", log));
        assertEquals("Finished: FAILURE", log.get(last));
        assertEquals(errors.get(0), log.get(last - 1), "the error has one line, and is the last");
        return errors.get(0);
    }
}
