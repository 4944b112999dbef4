package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The images that a build ran in, as its steps named them, with the digests that it really ran where an agent told them; and those that cannot be
 * watched. Stored with the build.
 */
public final class BuildImagesAction extends InvisibleAction {
    private static final Logger LOGGER = Logger.getLogger(BuildImagesAction.class.getName());

    /** How many images of each kind a build keeps. */
    private static final int MOST = 200;

    /** How many different digests of one image a build keeps. */
    private static final int MOST_DIGESTS = 10;

    /** The lists are replaced, never changed: the build may be written at any time. */
    private volatile List<Use> images = new ArrayList<>();

    private volatile List<Use> notWatched = new ArrayList<>();

    private volatile List<Use> ran = new ArrayList<>();

    private volatile List<Use> notTold = new ArrayList<>();

    /**
     * What a build recorded, in the order of its steps.
     *
     * @param images what named each image, by reference in full
     * @param notWatched the reason why an image is not watched, by image as it was named
     * @param ran the digests that really ran, with a space between them, by reference in full; also of images that no step named
     * @param notTold the reason why the digest that really ran is not known, by image or by agent
     */
    public record Uses(
            Map<String, String> images,
            Map<String, String> notWatched,
            Map<String, String> ran,
            Map<String, String> notTold) {
        /** The digests that the build really ran of an image. Empty if no agent told one. */
        public List<String> digests(String image) {
            String digests = ran.get(image);
            return digests == null ? List.of() : List.of(digests.split(" "));
        }

        /** Adds a digest that the build really ran. */
        public void addDigest(String image, Digest digest) {
            Set<String> digests = new LinkedHashSet<>(digests(image));
            if (digests.size() < MOST_DIGESTS) {
                digests.add(digest.toString());
            }
            ran.put(image, String.join(" ", digests));
        }
    }

    /**
     * Adds to what the build has recorded, and saves the build if that says more. Call it in the background, since it writes a file.
     *
     * @param change changes the uses of the build
     */
    public static void record(Run<?, ?> run, Consumer<Uses> change) throws IOException {
        synchronized (run) {
            BuildImagesAction known = run.getAction(BuildImagesAction.class);
            BuildImagesAction action = known == null ? new BuildImagesAction() : known;
            Uses before = action.uses();
            Uses uses = action.uses();
            change.accept(uses);
            if (!uses.equals(before) && run.getRootDir().isDirectory()) {
                action.images = list(uses.images(), Printable::of);
                action.notWatched = list(uses.notWatched(), Printable::of);
                // Digests are not cut.
                action.ran = list(uses.ran(), Function.identity());
                action.notTold = list(uses.notTold(), Printable::of);
                if (known == null) {
                    run.addAction(action);
                }
                run.save();
            }
        }
    }

    /** A copy. */
    public Uses uses() {
        return new Uses(map(images), map(notWatched), map(ran), map(notTold));
    }

    private static Map<String, String> map(@CheckForNull List<Use> uses) {
        Map<String, String> map = new LinkedHashMap<>();
        if (uses != null) {
            uses.forEach(use -> map.put(use.image, use.words));
        }
        return map;
    }

    private static List<Use> list(Map<String, String> map, Function<String, String> words) {
        List<Use> uses = new ArrayList<>();
        map.entrySet().stream()
                .limit(MOST)
                .forEach(entry -> uses.add(new Use(entry.getKey(), words.apply(entry.getValue()))));
        return uses;
    }

    /** Checks of the images, by identity. The credential is that of the registry's entry in the global configuration. */
    Map<WatchedImage, ImageCheck> checks() {
        Map<WatchedImage, ImageCheck> checks = new LinkedHashMap<>();
        for (String name : uses().images().keySet()) {
            try {
                WatchedImage image = new WatchedImage(ImageReference.parse(name), null);
                checks.put(image, new ImageCheck(image, null, null, null));
            } catch (IllegalArgumentException e) {
                LOGGER.log(Level.WARNING, "the file of a build was edited", e);
            }
        }
        return checks;
    }

    /** The digests that the build really ran of an image. Empty if no agent told one. */
    List<Digest> digests(ImageReference image) {
        List<Digest> digests = new ArrayList<>();
        for (String digest : uses().digests(image.toString())) {
            try {
                digests.add(Digest.parse(digest));
            } catch (IllegalArgumentException e) {
                LOGGER.log(Level.WARNING, "the file of a build was edited", e);
            }
        }
        return digests;
    }

    /** One image, with what named it, with digests or with a reason. A class and not a record, since Jenkins cannot read records back from XML. */
    private static final class Use {
        private final String image;
        private final String words;

        Use(String image, String words) {
            this.image = image;
            this.words = words;
        }
    }
}
