package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.push.EventSender;
import io.jenkins.plugins.imageupdate.push.EventStatus;
import java.util.List;

/** What was heard of a source of push events since Jenkins started, for the page. */
public final class PushEventRow {
    private final EventSender sender;
    private final EventStatus status;

    private PushEventRow(EventSender sender) {
        this.sender = sender;
        this.status = sender.status();
    }

    static List<PushEventRow> all() {
        return EventSender.all().stream().map(PushEventRow::new).toList();
    }

    public String getName() {
        return sender.name();
    }

    public String getKind() {
        return sender.kind();
    }

    public long getEvents() {
        return status.events();
    }

    /** Null if there was no event. */
    @CheckForNull
    public When getLastEvent() {
        return When.of(status.lastEvent());
    }

    /** Null if there was none. */
    @CheckForNull
    public String getProblem() {
        return status.problem();
    }

    @CheckForNull
    public When getProblemAt() {
        return When.of(status.problemAt());
    }

    public boolean isFailing() {
        return status.failing();
    }
}
