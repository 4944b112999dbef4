package io.jenkins.plugins.imageupdate.events;

import static io.jenkins.plugins.imageupdate.fuzz.Promise.discreet;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.equal;

import io.jenkins.plugins.imageupdate.fuzz.FuzzTarget;
import java.util.Arrays;
import java.util.Map;

/** The payloads of push events under fuzzing. */
public final class EventFuzz {
    private EventFuzz() {}

    public static Map<String, FuzzTarget> targets() {
        return Map.of("event", EventFuzz::event);
    }

    /** The first byte chooses the format. What was read is the normal name of an image, and no message repeats the payload. */
    private static void event(byte[] input) {
        if (input.length == 0) {
            return;
        }
        EventFormat[] formats = EventFormat.values();
        EventFormat format = formats[(input[0] & 0xff) % formats.length];
        try {
            EventFormat.Content content = format.read(
                    Arrays.copyOfRange(input, 1, input.length),
                    name -> name.equals("X-GitHub-Event") ? "package" : "",
                    null);
            for (PushedImage image : content.images()) {
                equal(image, PushedImage.of(image.host(), image.repository(), image.tag()));
            }
        } catch (EventException e) {
            discreet(e.getMessage());
        }
    }
}
