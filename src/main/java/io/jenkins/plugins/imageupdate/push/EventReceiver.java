package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.imageupdate.events.EventException;
import io.jenkins.plugins.imageupdate.events.EventFormat;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Takes push events at {@code image-update-events/SOURCE}. Callers have no account of Jenkins, so each proves its source. An unknown source is
 * answered like a wrong proof, and an event is answered alike whether or not a job watches its image.
 */
@Extension
public final class EventReceiver implements UnprotectedRootAction {
    static final String URL = "image-update-events";

    private final Map<String, SourceState> states = new ConcurrentHashMap<>();

    public static EventReceiver get() {
        return ExtensionList.lookupSingleton(EventReceiver.class);
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return null;
    }

    @CheckForNull
    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** What was heard of a source. */
    EventStatus status(EventSource source) {
        return state(source).status();
    }

    private SourceState state(EventSource source) {
        return states.computeIfAbsent(source.getName(), name -> new SourceState());
    }

    /** Takes an event. Answers 202 if its source is proven, and it is an event of this source. */
    @RequirePOST
    public HttpResponse doDynamic(StaplerRequest2 req) throws IOException {
        EventRequest request = new EventRequest(req);
        EventSource source = PushEventsConfiguration.get().source(request.source());
        if (source == null) {
            return EventAnswer.of(request.announcesTooMuch() ? Refusal.TOO_LARGE : Refusal.NOT_PROVEN);
        }
        SourceState state = state(source);
        EventAnswer answer = state.enter() ? take(source, request, state) : EventAnswer.of(Refusal.TOO_MANY);
        state.note(status -> answer.problem() == null
                ? status.heard(1, Instant.now())
                : status.refused(answer.problem(), Instant.now()));
        return answer;
    }

    private static EventAnswer take(EventSource source, EventRequest request, SourceState state) throws IOException {
        try {
            return take(source, request, EventProof.of(source), state);
        } catch (RegistryException e) {
            return EventAnswer.of(Refusal.NOT_PROVEN, e.detail());
        } catch (EventException e) {
            return EventAnswer.of(Refusal.NOT_READ, Messages.EventReceiver_NotRead(e.getMessage()));
        } finally {
            state.leave();
        }
    }

    private static EventAnswer take(EventSource source, EventRequest request, EventProof proof, SourceState state)
            throws IOException, EventException {
        if (request.announcesTooMuch()) {
            return EventAnswer.of(Refusal.TOO_LARGE);
        }
        EventProof.Verdict verdict = proof.promising(request.claim());
        if (verdict != EventProof.Verdict.PROVEN) {
            return EventAnswer.of(verdict == EventProof.Verdict.NOT_YET ? Refusal.NOT_NOW : Refusal.NOT_PROVEN);
        }
        byte[] body = request.body();
        if (body == null) {
            return EventAnswer.of(Refusal.TOO_LARGE);
        }
        if (!proof.given(request.claim(), body)) {
            return EventAnswer.of(Refusal.NOT_PROVEN);
        }
        if (!state.take()) {
            return EventAnswer.of(Refusal.TOO_MANY);
        }
        EventFormat.Content content = source.toFormat().read(body, request::header, source.getRegistry());
        return Jenkins.get().isQuietingDown() || !EventChecks.get().offer(content.images())
                ? EventAnswer.of(Refusal.NOT_NOW)
                : EventAnswer.taken(content.validationCode());
    }
}
