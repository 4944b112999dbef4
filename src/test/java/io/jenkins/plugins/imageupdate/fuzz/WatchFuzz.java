package io.jenkins.plugins.imageupdate.fuzz;

import static io.jenkins.plugins.imageupdate.fuzz.Promise.equal;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.kept;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.readable;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.text;

import io.jenkins.plugins.imageupdate.watch.CompareLink;
import io.jenkins.plugins.imageupdate.watch.ImageUse;
import io.jenkins.plugins.imageupdate.watch.SourceImages;
import io.jenkins.plugins.imageupdate.watch.SourceProblem;
import io.jenkins.plugins.imageupdate.watch.WatchedImage;
import io.jenkins.plugins.imageupdate.watch.dockerfile.BuildSettings;
import io.jenkins.plugins.imageupdate.watch.dockerfile.DockerfileImages;
import io.jenkins.plugins.imageupdate.watch.manifests.ManifestImages;
import java.net.URI;
import java.util.Map;

/** The parsers of {@code watch} under fuzzing. */
final class WatchFuzz {
    private static final Map<String, String> VARIABLES = Map.of("VERSION", "1.2", "REGISTRY", "gcr.io/project");

    private WatchFuzz() {}

    static Map<String, FuzzTarget> targets() {
        return Map.of(
                "dockerfile",
                input -> sensible(DockerfileImages.read("Dockerfile", input, BuildSettings.of(VARIABLES))),
                "manifest",
                input -> sensible(ManifestImages.read("compose.yaml", input, VARIABLES)),
                "compare-link",
                WatchFuzz::compareLink);
    }

    /** Of whatever kind the file: images that can be asked for, and problems that can be shown. */
    private static void sensible(SourceImages found) {
        for (ImageUse use : found.uses()) {
            WatchedImage image = use.image();
            equal(image, WatchedImage.parse(image.reference().toString(), platform(image)));
            readable(use.toString());
            kept(use.line() >= 1, () -> "in line " + use.line());
        }
        found.problems().stream().map(SourceProblem::toString).forEach(Promise::readable);
    }

    private static String platform(WatchedImage image) {
        return image.platform() == null ? null : image.platform().toString();
    }

    /** Source, revision before and revision after, each in a line. */
    private static void compareLink(byte[] input) {
        String[] lines = text(input).split("\n", 3);
        String link = CompareLink.of(lines[0], lines.length > 1 ? lines[1] : null, lines.length > 2 ? lines[2] : null);
        if (link != null) {
            URI uri = URI.create(link);
            equal("https", uri.getScheme());
            kept(uri.getHost() != null && uri.getRawUserInfo() == null, () -> "a link to nowhere: " + link);
        }
    }
}
