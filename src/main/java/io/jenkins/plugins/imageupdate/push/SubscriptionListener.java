package io.jenkins.plugins.imageupdate.push;

import io.jenkins.plugins.imageupdate.events.PubSubPull;
import io.jenkins.plugins.imageupdate.events.PushedImage;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.Jenkins;

/** Has the images checked that the messages of one subscription name. */
final class SubscriptionListener implements PubSubPull.Listener {
    private final AtomicReference<EventStatus> status = new AtomicReference<>(EventStatus.NOTHING);
    private PubSubPull pull;

    void start(PubSubPull started) {
        pull = started;
        started.start();
    }

    void stop() {
        pull.stop();
    }

    EventStatus status() {
        return status.get();
    }

    @Override
    public boolean pushed(List<PushedImage> images) {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins != null && !jenkins.isQuietingDown() && EventChecks.get().offer(images);
    }

    @Override
    public void heard(int messages) {
        status.updateAndGet(before -> before.heard(messages, Instant.now()));
    }

    @Override
    public void unread(String why) {
        failed(Messages.EventSubscription_NotRead(why));
    }

    @Override
    public void failed(String why) {
        status.updateAndGet(before -> before.refused(why, Instant.now()));
    }
}
