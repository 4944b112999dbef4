package io.jenkins.plugins.imageupdate.source.files;

import io.jenkins.plugins.imageupdate.source.SourceFindings;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.WorkspaceFiles;
import io.jenkins.plugins.imageupdate.source.jenkinsfile.JenkinsfileImages;
import io.jenkins.plugins.imageupdate.source.manifests.ManifestImages;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the images that a file names, whatever its kind. */
public final class FileImages {
    public static final int MAX_BYTES = ManifestImages.MAX_BYTES;
    /** What a file is shows at its start; licences may stand before it. */
    private static final int LOOKED_AT = 64 * 1024;

    private static final Pattern JENKINSFILE_NAME = Pattern.compile("(?:.*/)?[^/]*(?:jenkinsfile[^/]*|\\.groovy)");
    private static final Pattern PIPELINE = Pattern.compile(
            "^(?:pipeline|node|podTemplate|timestamps|properties)\\b[^\\n:]*[{(]|^@Library\\b", Pattern.MULTILINE);
    private static final Pattern HCL =
            Pattern.compile("^(?:target|group|variable|function)[ \\t]+\"[^\"\\n]*\"[ \\t]*\\{", Pattern.MULTILINE);
    private static final Pattern FROM = Pattern.compile("^(?i:FROM)[ \\t]+[^:\\s]", Pattern.MULTILINE);

    private FileImages() {}

    /**
     * Never fails: what is wrong with the file is among the problems.
     *
     * @param file its path in the workspace, with {@code /} between its parts
     * @param content the file; of a larger one, {@link #MAX_BYTES} + 1 bytes are enough
     * @param variables what variables stand for, in the kinds that have them
     * @param files the other files of the workspace
     */
    public static SourceImages read(String file, byte[] content, Map<String, String> variables, WorkspaceFiles files) {
        String start = start(content);
        String name = file.toLowerCase(Locale.ROOT);
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        if (JENKINSFILE_NAME.matcher(name).matches() && !yaml
                || PIPELINE.matcher(start).find()) {
            return JenkinsfileImages.read(file, content);
        }
        if (name.endsWith(".hcl") || HCL.matcher(start).find()) {
            return refused(
                    file,
                    "bake files in HCL are not read: name what \"docker buildx bake --print\" makes of it, which is JSON");
        }
        if (!yaml && FROM.matcher(start).find()) {
            return refused(file, "this is a Dockerfile: name it by \"dockerfile\"");
        }
        return ManifestImages.read(file, content, variables, files);
    }

    private static String start(byte[] content) {
        return new String(content, 0, Math.min(content.length, LOOKED_AT), StandardCharsets.UTF_8);
    }

    private static SourceImages refused(String file, String why) {
        SourceFindings findings = new SourceFindings(file);
        findings.problem(0, why);
        return findings.images();
    }
}
