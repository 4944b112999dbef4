package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What a refused request carried.
 *
 * @param credential whether a credential was chosen for the check
 * @param authorization value of the {@code Authorization} header, null for none; words that repeat it are withheld
 * @param accepted whether the header is a token that the token server gave for the credential, so that the credential itself is good
 */
public record Sent(boolean credential, @CheckForNull String authorization, boolean accepted) {
    /** A request without credential. */
    public static final Sent NOTHING = new Sent(false, null, false);

    boolean login() {
        return credential && authorization != null;
    }

    /** Without the header, which is a secret. */
    @Override
    public String toString() {
        return "Sent[credential=" + credential + ", accepted=" + accepted + "]";
    }
}
