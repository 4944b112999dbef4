package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import io.jenkins.plugins.imageupdate.config.FormRefusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Logger;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Where push events come from, as an administrator has configured it. */
@Extension
@Symbol("imageUpdateEvents")
public final class PushEventsConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private static final Logger LOGGER = Logger.getLogger(PushEventsConfiguration.class.getName());

    private List<EventSource> sources = new ArrayList<>();
    private List<EventSubscription> subscriptions = new ArrayList<>();

    public static PushEventsConfiguration get() {
        return ExtensionList.lookupSingleton(PushEventsConfiguration.class);
    }

    /** Drops entries that only an edited file can have, or one of a newer version. */
    @Override
    public synchronized void load() {
        super.load();
        sources = valid(sources, EventSource::check);
        subscriptions = valid(subscriptions, EventSubscription::check);
    }

    private static <T> List<T> valid(@CheckForNull List<T> read, Consumer<T> check) {
        List<T> valid = new ArrayList<>();
        for (T one : Util.fixNull(read)) {
            try {
                check.accept(one);
                valid.add(one);
            } catch (IllegalArgumentException e) {
                LOGGER.warning("an entry of the push events is left out: " + e.getMessage());
            }
        }
        return valid;
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.PushEventsConfiguration_DisplayName();
    }

    public synchronized List<EventSource> getSources() {
        return List.copyOf(Util.fixNull(sources));
    }

    @DataBoundSetter
    public synchronized void setSources(@CheckForNull List<EventSource> sources) {
        List<EventSource> given = Util.fixNull(sources);
        Set<String> names = new HashSet<>();
        for (EventSource source : given) {
            source.check();
            if (!names.add(source.getName())) {
                throw new IllegalArgumentException(Messages.PushEventsConfiguration_Twice(source.getName()));
            }
        }
        this.sources = new ArrayList<>(given);
        save();
    }

    public synchronized List<EventSubscription> getSubscriptions() {
        return List.copyOf(Util.fixNull(subscriptions));
    }

    @DataBoundSetter
    public void setSubscriptions(@CheckForNull List<EventSubscription> subscriptions) {
        List<EventSubscription> given = Util.fixNull(subscriptions);
        Set<String> names = new HashSet<>();
        for (EventSubscription subscription : given) {
            if (!names.add(subscription.getSubscription())) {
                throw new IllegalArgumentException(
                        Messages.PushEventsConfiguration_SubscriptionTwice(subscription.getSubscription()));
            }
        }
        synchronized (this) {
            this.subscriptions = new ArrayList<>(given);
            save();
        }
        SubscriptionPulls.get().update(getSubscriptions());
    }

    /** The source of this name. Null if there is none. */
    @CheckForNull
    EventSource source(String name) {
        return getSources().stream()
                .filter(source -> source.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * Binds the form. A form without entries has no list, so an empty list is bound: otherwise the last entry could not be removed. A form
     * that is refused changes nothing.
     */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        for (String list : List.of("sources", "subscriptions")) {
            if (!json.has(list)) {
                json.put(list, new JSONArray());
            }
        }
        List<EventSource> sourcesBefore = getSources();
        List<EventSubscription> subscriptionsBefore = getSubscriptions();
        try {
            req.bindJSON(this, json);
        } catch (RuntimeException | Error e) {
            setSources(sourcesBefore);
            setSubscriptions(subscriptionsBefore);
            FormException refusal = FormRefusal.in(e, "sources");
            if (refusal == null) {
                throw e;
            }
            throw refusal;
        }
        return true;
    }
}
