package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Descriptor;

/** What a form's binding refused, told to who submitted it in one line instead of as a fault of Jenkins with a stack trace. */
public final class FormRefusal {
    private FormRefusal() {}

    /**
     * The refusal by a constructor or setter, out of what Stapler and Jenkins wrapped around it: the innermost exception that speaks
     * of an argument. Null if there is none, so that something else went wrong.
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
