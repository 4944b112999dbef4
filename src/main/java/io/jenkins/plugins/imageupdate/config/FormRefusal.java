package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Descriptor;

/** Shows a refusal of submitted form values as one line, instead of as an error of Jenkins with a stack trace. */
public final class FormRefusal {
    private FormRefusal() {}

    /**
     * Finds the exception of a constructor or setter among those that Stapler and Jenkins wrapped around it: the innermost one about an
     * argument. Returns null if there is none, because something other than a form value is wrong.
     */
    @CheckForNull
    public static Descriptor.FormException in(Throwable thrown, String field) {
        Throwable refusal = null;
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            if (one instanceof IllegalArgumentException || one instanceof Descriptor.FormException) {
                refusal = one;
            }
        }
        return refusal == null ? null : new Descriptor.FormException(refusal.getMessage(), field);
    }
}
