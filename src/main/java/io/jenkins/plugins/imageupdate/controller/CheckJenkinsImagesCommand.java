package io.jenkins.plugins.imageupdate.controller;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;

/** {@code check-jenkins-images}: checks the images of agents and of the controller now, and prints the results. */
@Extension
public final class CheckJenkinsImagesCommand extends CLICommand {
    private static final int NOT_CHECKED = 1;
    private static final long MOST_MINUTES = 10;

    @Override
    public String getName() {
        return "check-jenkins-images";
    }

    @Override
    public String getShortDescription() {
        return Messages.CheckJenkinsImagesCommand_ShortDescription();
    }

    /** @return 0 if every image was checked, otherwise 1, also if there was nothing to check */
    @Override
    protected int run() throws Exception {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        JenkinsImages images = JenkinsImages.get();
        List<CheckResult> results = images.check().get(MOST_MINUTES, TimeUnit.MINUTES);
        results.forEach(result -> stdout.println(result.sentence()));
        images.images().stream()
                .filter(ImagePlace::outdated)
                .forEach(place -> stdout.println(Messages.CheckJenkinsImagesCommand_Outdated(
                        place.image().reference(), place.usedBy())));
        images.notWatched().forEach(stderr::println);
        boolean all = !results.isEmpty() && results.stream().allMatch(result -> result.failure() == null);
        return all ? 0 : NOT_CHECKED;
    }
}
