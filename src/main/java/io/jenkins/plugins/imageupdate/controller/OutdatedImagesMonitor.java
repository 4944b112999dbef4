package io.jenkins.plugins.imageupdate.controller;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.security.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/** Tells administrators which images of agents and of the controller are outdated. */
@Extension
public final class OutdatedImagesMonitor extends AdministrativeMonitor {
    private static final int MOST_IMAGES = 10;
    private static final int MOST_USERS = 3;

    @Override
    public String getDisplayName() {
        return Messages.OutdatedImagesMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return JenkinsImages.get().images().stream().anyMatch(ImagePlace::outdated);
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    private static Map<String, List<String>> users() {
        Map<String, List<String>> users = new TreeMap<>();
        JenkinsImages.get().images().stream()
                .filter(ImagePlace::outdated)
                .forEach(
                        place -> users.computeIfAbsent(place.image().reference().toString(), image -> new ArrayList<>())
                                .add(place.usedBy()));
        return users;
    }

    /** One line for each of the first outdated images. */
    public List<String> getImages() {
        return users().entrySet().stream()
                .limit(MOST_IMAGES)
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String line(String image, List<String> users) {
        String first = String.join("; ", users.subList(0, Math.min(users.size(), MOST_USERS)));
        int further = users.size() - MOST_USERS;
        return further > 0
                ? Messages.OutdatedImagesMonitor_ImageOfMany(image, first, further)
                : Messages.OutdatedImagesMonitor_Image(image, first);
    }

    /** How many images are not listed. */
    public int getFurther() {
        return Math.max(0, users().size() - MOST_IMAGES);
    }
}
