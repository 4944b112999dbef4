package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import org.jvnet.localizer.ResourceBundleHolder;

/** Kinds of failure in the language of whoever looks at a page; the sentences of {@link FailureKind} itself are for logs. */
public record FailureWords(String kind, String meaning, String wayOut) {
    /** Null for no failure, and for a kind that only another version of this plugin knows. */
    @CheckForNull
    public static FailureWords of(@CheckForNull String kind) {
        for (FailureKind known : FailureKind.values()) {
            if (known.name().equals(kind)) {
                ResourceBundleHolder texts = ResourceBundleHolder.get(FailureWords.class);
                return new FailureWords(kind, texts.format(kind + ".meaning"), texts.format(kind + ".wayOut"));
            }
        }
        return null;
    }

    public String getKind() {
        return kind;
    }

    public String getMeaning() {
        return meaning;
    }

    public String getWayOut() {
        return wayOut;
    }
}
