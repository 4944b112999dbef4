package io.jenkins.plugins.imageupdate.fuzz;

import static io.jenkins.plugins.imageupdate.fuzz.Promise.equal;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.kept;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.readable;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.text;

import io.jenkins.plugins.imageupdate.check.CompareLink;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.source.ImageUse;
import io.jenkins.plugins.imageupdate.source.SourceImage;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.SourceProblem;
import io.jenkins.plugins.imageupdate.source.dockerfile.BuildSettings;
import io.jenkins.plugins.imageupdate.source.dockerfile.DockerfileImages;
import io.jenkins.plugins.imageupdate.source.jenkinsfile.JenkinsfileImages;
import io.jenkins.plugins.imageupdate.source.manifests.ManifestImages;
import io.jenkins.plugins.imageupdate.tags.TagChoice;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import io.jenkins.plugins.imageupdate.tags.TagSort;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The parsers of files, tags and links under fuzzing. */
final class ParserFuzz {
    private static final Map<String, String> VARIABLES = Map.of("VERSION", "1.2", "REGISTRY", "gcr.io/project");

    private ParserFuzz() {}

    static Map<String, FuzzTarget> targets() {
        return Map.of(
                "dockerfile",
                input -> sensible(DockerfileImages.read("Dockerfile", input, BuildSettings.of(VARIABLES))),
                "manifest",
                input -> sensible(ManifestImages.read("compose.yaml", input, VARIABLES)),
                "jenkinsfile",
                input -> sensible(JenkinsfileImages.read("Jenkinsfile", input)),
                "compare-link",
                ParserFuzz::compareLink,
                "tag-policy",
                ParserFuzz::tagPolicy);
    }

    /** A range, an expression and the tag written on the image, each in a line, then the repository's tags. */
    private static void tagPolicy(byte[] input) {
        List<String> lines = List.of(text(input).split("\n", -1));
        // The client lets no others through.
        TagList tags = new TagList(
                lines.stream()
                        .skip(3)
                        .filter(line -> line.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"))
                        .toList(),
                false);
        TagFilter filter = TagFilter.of(List.of("1"), List.of("rc"), 10);
        chosen(() -> TagPolicy.semver(lines.get(0), null, TagFilter.none()), tags, lines.get(lines.size() / 2));
        for (String expression : lines.subList(0, Math.min(2, lines.size()))) {
            for (TagSort sort : TagSort.values()) {
                chosen(() -> TagPolicy.regex(expression, sort, filter), tags, null);
            }
        }
        chosen(() -> TagPolicy.newest(TagFilter.none()), tags, null);
    }

    /** What is chosen is there, and is chosen again. */
    private static void chosen(Supplier<TagPolicy> made, TagList tags, String written) {
        TagPolicy policy;
        try {
            policy = made.get();
        } catch (IllegalArgumentException e) {
            readable(e.getMessage());
            return;
        }
        TagChoice choice = policy.choose(tags, written);
        readable(choice.summary());
        kept(tags.names().containsAll(choice.tags()), () -> "chosen of nothing: " + choice.tags());
        equal(choice, policy.choose(tags, written));
    }

    /** Of whatever kind the file: images that can be asked for, and problems that can be shown. */
    private static void sensible(SourceImages found) {
        for (ImageUse use : found.uses()) {
            SourceImage image = use.image();
            equal(image, SourceImage.parse(image.reference().toString(), platform(image)));
            readable(use.toString());
            kept(use.line() >= 1, () -> "in line " + use.line());
        }
        found.problems().stream().map(SourceProblem::toString).forEach(Promise::readable);
    }

    private static String platform(SourceImage image) {
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
