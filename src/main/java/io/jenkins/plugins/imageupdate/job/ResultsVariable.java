package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.kohsuke.stapler.export.ClassAttributeBehaviour;
import org.kohsuke.stapler.export.ExportConfig;
import org.kohsuke.stapler.export.Flavor;
import org.kohsuke.stapler.export.ModelBuilder;
import org.kohsuke.stapler.export.Property;
import org.kohsuke.stapler.export.TreePruner;

/**
 * Results as the value of an environment variable: a JSON array of the exported properties, without those that hold text of a registry, an
 * image or a user. The others are names, tags and digests, which have no characters that a shell interprets.
 *
 * @param json at most {@link #MOST} characters, all of them ASCII. If not all results fit, the last element is {@code {"omitted":N}}
 * @param omitted the number of results that do not fit
 */
public record ResultsVariable(String json, int omitted) {
    /**
     * Half of what Windows allows for one variable, and for all variables of a process in older versions (32,767 characters). Linux allows
     * 131,072 bytes for one variable (MAX_ARG_STRLEN in execve(2)). If a variable is longer, no process can be started with it.
     */
    static final int MOST = 16_384;

    private static final String OMITTED = "{\"omitted\":%d}";

    /** Room for the last element and the brackets. */
    private static final int RESERVED = OMITTED.length() + 12;

    private static final ModelBuilder MODELS = new ModelBuilder();

    /** The first results that fit. */
    public static ResultsVariable of(List<CheckResult> results) {
        StringBuilder json = new StringBuilder("[");
        int shown = 0;
        while (shown < results.size()) {
            String one = toJson(new ImageResult(results.get(shown)));
            if (json.length() + one.length() + RESERVED > MOST) {
                break;
            }
            json.append(shown == 0 ? "" : ",").append(one);
            shown++;
        }
        int omitted = results.size() - shown;
        if (omitted != 0) {
            json.append(shown == 0 ? "" : ",").append(String.format(OMITTED, omitted));
        }
        return new ResultsVariable(json.append(']').toString(), omitted);
    }

    private static String toJson(ImageResult result) {
        try {
            StringWriter json = new StringWriter();
            ExportConfig config =
                    new ExportConfig().withFlavor(Flavor.JSON).withClassAttribute(ClassAttributeBehaviour.NONE);
            MODELS.get(ImageResult.class)
                    .writeTo(result, new WithoutFreeText(), Flavor.JSON.createDataWriter(result, json, config));
            return json.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class WithoutFreeText extends TreePruner {
        private static final Set<String> FREE_TEXT = Set.of("change", "compareLink", "credentialsId", "failure");

        @Override
        @CheckForNull
        public TreePruner accept(Object node, Property property) {
            return FREE_TEXT.contains(property.name) ? null : this;
        }
    }
}
