package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The registries that an administrator has configured. The longest entry that matches an image counts. */
@Extension
@Symbol("imageUpdateCheck")
public final class RegistriesConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private List<ConfiguredRegistry> registries = new ArrayList<>();
    private boolean listedOnly;
    private boolean checkAfterStart;

    public static RegistriesConfiguration get() {
        return ExtensionList.lookupSingleton(RegistriesConfiguration.class);
    }

    /** Drops entries without a prefix, which only an edited file can have: they would fail every check of every job. */
    @Override
    public synchronized void load() {
        super.load();
        registries = new ArrayList<>(Util.fixNull(registries));
        registries.removeIf(registry -> registry.getPrefix() == null);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.RegistriesConfiguration_DisplayName();
    }

    public synchronized List<ConfiguredRegistry> getRegistries() {
        return List.copyOf(registries);
    }

    @DataBoundSetter
    public synchronized void setRegistries(@CheckForNull List<ConfiguredRegistry> registries) {
        List<ConfiguredRegistry> given = Util.fixNull(registries);
        Set<String> prefixes = new HashSet<>();
        for (ConfiguredRegistry registry : given) {
            if (!prefixes.add(registry.getPrefix())) {
                throw new IllegalArgumentException(Messages.RegistriesConfiguration_Twice(registry.getPrefix()));
            }
        }
        this.registries = new ArrayList<>(given);
        ControllerHttp.get().forgetClients();
        save();
    }

    /** Whether checks may ask only the registries that are listed here. */
    public synchronized boolean isListedOnly() {
        return listedOnly;
    }

    @DataBoundSetter
    public synchronized void setListedOnly(boolean listedOnly) {
        this.listedOnly = listedOnly;
        save();
    }

    /** Whether every trigger checks once after a start of Jenkins, in addition to its schedule. */
    public synchronized boolean isCheckAfterStart() {
        return checkAfterStart;
    }

    @DataBoundSetter
    public synchronized void setCheckAfterStart(boolean checkAfterStart) {
        this.checkAfterStart = checkAfterStart;
        save();
    }

    /**
     * Binds the form. A form without entries has no list, so an empty list is bound: otherwise the last entry could not be removed. A form
     * that is refused changes nothing, and running checks never see a list that is only partly bound.
     */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        boolean listedBefore = isListedOnly();
        boolean afterStartBefore = isCheckAfterStart();
        if (!json.has("registries")) {
            json.put("registries", new JSONArray());
        }
        try (BulkChange change = new BulkChange(this)) {
            req.bindJSON(this, json);
            change.commit();
        } catch (RuntimeException | Error e) {
            setListedOnly(listedBefore);
            setCheckAfterStart(afterStartBefore);
            FormException refusal = FormRefusal.in(e, "registries");
            if (refusal == null) {
                throw e;
            }
            throw refusal;
        } catch (IOException e) {
            throw new FormException(e, "registries");
        }
        return true;
    }

    /** The entry for an image. Null if there is none. */
    @CheckForNull
    public ConfiguredRegistry find(ImageReference reference) {
        ConfiguredRegistry best = null;
        for (ConfiguredRegistry registry : getRegistries()) {
            int coverage = registry.coverage(reference);
            if (coverage > 0 && (best == null || coverage > best.coverage(reference))) {
                best = registry;
            }
        }
        return best;
    }

    /** The hosts of registries that are asked at this host as their mirror, and the mirrors that are asked in place of this host. */
    public Set<String> mirrored(String host) {
        Set<String> others = new HashSet<>();
        for (ConfiguredRegistry registry : getRegistries()) {
            String mirror = registry.getMirror();
            String named = registry.getPrefix().split("/", 2)[0];
            if (mirror != null && mirror.equals(host)) {
                others.add(named);
            } else if (mirror != null && named.equals(host)) {
                others.add(mirror);
            }
        }
        return others;
    }

    /** The entry with exactly this prefix. Null if there is none. */
    @CheckForNull
    ConfiguredRegistry named(String prefix) {
        return getRegistries().stream()
                .filter(registry -> registry.getPrefix().equals(prefix))
                .findFirst()
                .orElse(null);
    }

    /**
     * The entry whose TLS settings count, for checks and for the test of the form: the entry itself if it has such settings, otherwise the
     * one of its host.
     *
     * @param entry that covers an image; null if there is none
     */
    @CheckForNull
    ConfiguredRegistry withTlsSettings(@CheckForNull ConfiguredRegistry entry, String host) {
        boolean own = entry != null
                && (entry.getPrefix().equals(host)
                        || entry.getCertificateAuthorities() != null
                        || entry.getClientCertificateId() != null);
        return own ? entry : named(host);
    }
}
