package io.jenkins.plugins.imageupdate.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.events.ImageAliases;
import io.jenkins.plugins.imageupdate.events.PushedImage;
import io.jenkins.plugins.imageupdate.job.ImageTrigger;
import io.jenkins.plugins.imageupdate.job.JobWatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Which jobs watch which images, to find the jobs that a push event concerns. In memory only. A job whose trigger may have changed is noted by
 * its full name, and read when the next event comes: without events this costs nothing.
 */
@Extension
public final class WatchIndex {
    private static final Logger LOGGER = Logger.getLogger(WatchIndex.class.getName());

    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<WatchedImage>> imagesOf = new HashMap<>();

    /** By host and repository, the images in it, each with the full names of the jobs that watch it. */
    private final Map<String, Map<WatchedImage, Set<String>>> repositories = new HashMap<>();

    public static WatchIndex get() {
        return ExtensionList.lookupSingleton(WatchIndex.class);
    }

    /** To be called when a job's trigger, or what its builds checked, may have changed; also when the job is gone. */
    void changed(String job) {
        changed.add(job);
    }

    /**
     * The watched images that a push concerns, each with the full names of the jobs whose trigger checks it. May read builds of jobs that have
     * changed. Must run as Jenkins itself.
     */
    public synchronized Map<WatchedImage, Set<String>> find(PushedImage pushed) {
        refresh();
        Map<WatchedImage, Set<String>> found = new HashMap<>();
        for (String name : names(pushed)) {
            repositories.getOrDefault(name, Map.of()).forEach((image, jobs) -> {
                if (concerns(pushed, image)) {
                    found.put(image, Set.copyOf(jobs));
                }
            });
        }
        return found;
    }

    /** The full names of the jobs whose trigger checks an image. Must run as Jenkins itself. */
    synchronized Set<String> jobs(WatchedImage image) {
        refresh();
        return Set.copyOf(
                repositories.getOrDefault(image.reference().name(), Map.of()).getOrDefault(image.identity(), Set.of()));
    }

    /** Also under the names of the registries that are asked at this host, and of the mirror that is asked in place of it. */
    private static Set<String> names(PushedImage pushed) {
        Set<String> names = new TreeSet<>(ImageAliases.names(pushed));
        for (String host : RegistriesConfiguration.get().mirrored(pushed.host())) {
            names.add(host + "/" + pushed.repository());
        }
        return names;
    }

    /** A tag policy may choose any tag. An image without a tag has a digest, which never changes. */
    private static boolean concerns(PushedImage pushed, WatchedImage image) {
        String tag = image.reference().tag();
        return image.policy() != null
                || tag != null && (pushed.tag() == null || pushed.tag().equals(tag));
    }

    private void refresh() {
        for (String name : List.copyOf(changed)) {
            // Before the job is read: a change that comes meanwhile is noted again.
            changed.remove(name);
            remove(name);
            try {
                read(name);
            } catch (RuntimeException | Error e) {
                // Code of another plugin, such as a tag policy.
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "push events do not reach " + name + ", since its images cannot be read");
            }
        }
    }

    private void read(String name) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
        if (job != null && ImageTrigger.of(job) != null) {
            put(name, JobWatch.of(job).byTrigger().keySet());
        }
    }

    private void put(String job, Set<WatchedImage> images) {
        imagesOf.put(job, Set.copyOf(images));
        for (WatchedImage image : images) {
            repositories
                    .computeIfAbsent(image.reference().name(), name -> new HashMap<>(2))
                    .computeIfAbsent(image, watched -> new HashSet<>(2))
                    .add(job);
        }
    }

    private void remove(String job) {
        Set<WatchedImage> images = imagesOf.remove(job);
        if (images == null) {
            return;
        }
        for (WatchedImage image : new ArrayList<>(images)) {
            String repository = image.reference().name();
            Map<WatchedImage, Set<String>> watched = repositories.get(repository);
            Set<String> jobs = watched.get(image);
            jobs.remove(job);
            if (jobs.isEmpty()) {
                watched.remove(image);
            }
            if (watched.isEmpty()) {
                repositories.remove(repository);
            }
        }
    }
}
