package io.jenkins.plugins.imageupdate.controller;

import io.jenkins.plugins.imageupdate.agents.CloudTemplates;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.source.ImageUse;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Jenkins runs images.
 *
 * @param images without what is known of them
 * @param notWatched which images are not watched, and why; one sentence each
 */
record Places(List<ImagePlace> images, List<String> notWatched) {
    /** Reads the clouds, so it calls code of other plugins. */
    static Places read(OwnImage own) {
        Places places = new Places(new ArrayList<>(), new ArrayList<>());
        places.addOwn(own);
        CloudTemplates clouds = CloudTemplates.read();
        for (CloudTemplates.Template template : clouds.templates()) {
            for (ImageUse use : template.images()) {
                places.add(
                        use.image().reference(), new ImagePlace.User(template.cloud(), template.name(), use.where()));
            }
        }
        places.notWatched.addAll(clouds.problems());
        return places;
    }

    private void addOwn(OwnImage own) {
        String written = own.written();
        if (written == null) {
            notWatched.add(Messages.Places_OwnUnknown(OwnImage.VARIABLE));
            return;
        }
        try {
            add(ImageReference.parse(written), ImagePlace.User.CONTROLLER);
        } catch (IllegalArgumentException e) {
            notWatched.add(OwnImage.VARIABLE + ": " + e.getMessage());
        }
    }

    private void add(ImageReference reference, ImagePlace.User user) {
        ImagePlace place = new ImagePlace(user, new WatchedImage(reference, null), null, null, null);
        if (reference.tag() == null) {
            notWatched.add(Messages.Places_Digest(place.usedBy(), reference));
        } else {
            images.add(place);
        }
    }
}
