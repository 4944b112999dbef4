package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jvnet.localizer.LocaleProvider;

/**
 * What a kind of failure means and what to do about it, in the user's language. {@link FailureKind} has the English sentences; this
 * class's properties have those of other languages.
 */
public record FailureWords(String kind, String meaning, String wayOut) {
    /** Null without a failure, or if this version of the plugin does not know its kind. */
    @CheckForNull
    public static FailureWords of(@CheckForNull String name) {
        for (FailureKind kind : FailureKind.values()) {
            if (kind.name().equals(name)) {
                return new FailureWords(
                        name, text(name + ".meaning", kind.meaning()), text(name + ".wayOut", kind.wayOut()));
            }
        }
        return null;
    }

    private static String text(String key, String english) {
        try {
            return ResourceBundle.getBundle(
                            FailureWords.class.getName(),
                            LocaleProvider.getLocale(),
                            FailureWords.class.getClassLoader(),
                            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                    .getString(key);
        } catch (MissingResourceException e) {
            return english.substring(0, 1).toUpperCase(Locale.ROOT) + english.substring(1) + ".";
        }
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
