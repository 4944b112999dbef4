package io.jenkins.plugins.imageupdate.events;

/** Why an event cannot be used. The message is a clause about the event, and repeats nothing of it. */
public final class EventException extends Exception {
    private static final long serialVersionUID = 1L;

    public EventException(String message) {
        // Anyone who knows a secret may send such events by the thousand.
        super(message, null, false, false);
    }
}
