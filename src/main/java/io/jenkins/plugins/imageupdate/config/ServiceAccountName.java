package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.regex.Pattern;

/** The email of a Google service account: {@code NAME@PROJECT.iam.gserviceaccount.com}, or one of Google's own. */
final class ServiceAccountName {
    private static final Pattern EMAIL =
            Pattern.compile("[a-z0-9][a-z0-9-]{0,62}@[a-z0-9.-]{0,100}gserviceaccount\\.com");

    private ServiceAccountName() {}

    /**
     * Returns null if none is written.
     *
     * @throws IllegalArgumentException if it is not such an email
     */
    @CheckForNull
    static String normalised(@CheckForNull String written) {
        String text = Util.fixEmptyAndTrim(written);
        if (text != null && !EMAIL.matcher(text).matches()) {
            throw new IllegalArgumentException(Messages.ConfiguredRegistry_ServiceAccount(Printable.of(text)));
        }
        return text;
    }
}
