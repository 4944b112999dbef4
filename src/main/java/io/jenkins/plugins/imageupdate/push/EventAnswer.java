package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * What the receiver answers.
 *
 * @param problem for administrators, null if the event was taken
 */
record EventAnswer(
        int status, String type, String body, @CheckForNull String problem) implements HttpResponse {
    private static final String TEXT = "text/plain;charset=UTF-8";

    static EventAnswer of(Refusal refusal) {
        return of(refusal, refusal.problem());
    }

    static EventAnswer of(Refusal refusal, @CheckForNull String problem) {
        return new EventAnswer(refusal.status(), TEXT, refusal.words() + "\n", problem);
    }

    /** @param validationCode see {@link io.jenkins.plugins.imageupdate.events.EventFormat.Content} */
    static EventAnswer taken(String validationCode) {
        return validationCode.isEmpty()
                ? new EventAnswer(202, TEXT, "", null)
                : new EventAnswer(200, "application/json", "{\"validationResponse\":\"" + validationCode + "\"}", null);
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node) throws IOException {
        rsp.setStatus(status);
        rsp.setContentType(type);
        rsp.getWriter().print(body);
    }
}
