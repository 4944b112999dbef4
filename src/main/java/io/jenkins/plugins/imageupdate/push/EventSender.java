package io.jenkins.plugins.imageupdate.push;

import java.util.ArrayList;
import java.util.List;

/**
 * A configured source or subscription, and what was heard of it.
 *
 * @param name in the receiver's address, or the subscription's
 * @param kind the registry's or Google's own name
 */
public record EventSender(String name, String kind, EventStatus status) {
    /** All of them, subscriptions first. */
    public static List<EventSender> all() {
        PushEventsConfiguration events = PushEventsConfiguration.get();
        List<EventSender> senders = new ArrayList<>();
        for (EventSubscription subscription : events.getSubscriptions()) {
            senders.add(new EventSender(
                    subscription.getSubscription(),
                    Messages.EventSubscription_DisplayName(),
                    SubscriptionPulls.get().status(subscription)));
        }
        for (EventSource source : events.getSources()) {
            senders.add(new EventSender(
                    source.getName(),
                    source.toFormat().title(),
                    EventReceiver.get().status(source)));
        }
        return senders;
    }
}
