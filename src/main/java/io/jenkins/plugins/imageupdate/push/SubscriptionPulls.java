package io.jenkins.plugins.imageupdate.push;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.imageupdate.config.ControllerHttp;
import io.jenkins.plugins.imageupdate.credentials.RegistryCredentials;
import io.jenkins.plugins.imageupdate.events.PubSub;
import io.jenkins.plugins.imageupdate.events.PubSubPull;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleApiTokens;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import jenkins.model.Jenkins;

/** Listens to the configured subscriptions, from the time when all jobs were read until Jenkins ends. */
@Extension
public final class SubscriptionPulls extends ItemListener {
    private final Map<EventSubscription, SubscriptionListener> listening = new HashMap<>();
    private URI api = PubSub.API;
    private GoogleApiTokens tokens;
    private boolean loaded;

    public static SubscriptionPulls get() {
        return ExtensionList.lookupSingleton(SubscriptionPulls.class);
    }

    /** For tests, which must not ask Google. */
    synchronized void use(URI otherApi) {
        api = otherApi;
    }

    @Override
    public void onLoaded() {
        synchronized (this) {
            loaded = true;
        }
        update(PushEventsConfiguration.get().getSubscriptions());
    }

    /** A plugin that is installed without a restart is not told by {@link #onLoaded}. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void onInstalled() {
        if (Jenkins.get().getInitLevel() == InitMilestone.COMPLETED) {
            get().onLoaded();
        }
    }

    /** Listens to these subscriptions, and to no other. */
    synchronized void update(List<EventSubscription> subscriptions) {
        if (!loaded) {
            return;
        }
        Set<EventSubscription> gone = new HashSet<>(listening.keySet());
        subscriptions.forEach(gone::remove);
        gone.forEach(subscription -> listening.remove(subscription).stop());
        for (EventSubscription subscription : subscriptions) {
            listening.computeIfAbsent(subscription, this::listen);
        }
    }

    private SubscriptionListener listen(EventSubscription subscription) {
        SubscriptionListener listener = new SubscriptionListener();
        HttpTransport transport = ControllerHttp.get().transport();
        PubSubPull pull = new PubSubPull(
                new PubSub(transport, api, subscription.getSubscription()),
                new Access(subscription),
                listener,
                transport.clock(),
                EventChecks::pause);
        listener.start(pull);
        return listener;
    }

    /** What was heard of a subscription. */
    synchronized EventStatus status(EventSubscription subscription) {
        SubscriptionListener listener = listening.get(subscription);
        return listener == null ? EventStatus.NOTHING : listener.status();
    }

    /** Whether messages may be pulled. Takes none. */
    CompletableFuture<Boolean> mayPull(EventSubscription subscription) {
        PubSub pubSub = new PubSub(ControllerHttp.get().transport(), origin(), subscription.getSubscription());
        return new Access(subscription).bearer().thenCompose(pubSub::mayPull);
    }

    private synchronized URI origin() {
        return api;
    }

    private synchronized GoogleApiTokens tokens() {
        if (tokens == null) {
            tokens = new GoogleApiTokens(ControllerHttp.get().transport(), PubSub.SCOPE);
        }
        return tokens;
    }

    /** By the subscription's credential, which is read for each pull. */
    private final class Access implements PubSubPull.Access {
        private final EventSubscription subscription;

        Access(EventSubscription subscription) {
            this.subscription = subscription;
        }

        private Authentication login() throws RegistryException {
            String id = subscription.getCredentialsId();
            return id == null
                    ? new GoogleAuthentication.ControllerIdentity()
                    : RegistryCredentials.ofController(id, PubSub.API.getHost(), null);
        }

        @Override
        public CompletableFuture<String> bearer() {
            return CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return login();
                                } catch (RegistryException e) {
                                    throw new CompletionException(e);
                                }
                            },
                            Background.get())
                    .thenCompose(login -> tokens().get(login));
        }

        @Override
        public void refused(String bearer) {
            try {
                tokens().forget(login(), bearer);
            } catch (RegistryException e) {
                // The next pull says so.
                return;
            }
        }
    }

    /** Google delivers what is not acknowledged to the next controller, or after the next start. */
    @Terminator
    public static void terminate() {
        SubscriptionPulls pulls =
                Jenkins.get().getExtensionList(ItemListener.class).get(SubscriptionPulls.class);
        if (pulls != null) {
            pulls.end();
        }
    }

    private synchronized void end() {
        loaded = false;
        listening.values().forEach(SubscriptionListener::stop);
        listening.clear();
    }
}
