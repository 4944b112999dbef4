package io.jenkins.plugins.imageupdate.push;

import hudson.Extension;
import io.jenkins.plugins.imageupdate.trigger.EventHearing;

/** Events are heard if a source or a subscription is configured, and no subscription fails. A source that sends nothing cannot be told from a quiet one. */
@Extension
public final class ConfiguredEventHearing implements EventHearing {
    @Override
    public boolean hears() {
        PushEventsConfiguration events = PushEventsConfiguration.get();
        boolean any =
                !events.getSources().isEmpty() || !events.getSubscriptions().isEmpty();
        return any
                && events.getSubscriptions().stream()
                        .noneMatch(subscription ->
                                SubscriptionPulls.get().status(subscription).failing());
    }
}
