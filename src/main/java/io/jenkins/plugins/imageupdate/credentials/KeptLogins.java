package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.UsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Keeps logins of credentials that make a new secret each time they are read, and that tell its end: Amazon's tokens, each of which is a
 * request to Amazon, and id tokens, each of which has to be exchanged. All other secrets are read for each check and not kept.
 */
final class KeptLogins {
    private static final Duration MOST_MARGIN = Duration.ofMinutes(5);
    private static final Duration LONGEST_LIFE = Duration.ofHours(12);
    private static final int MAX_LOGINS = 10_000;

    /**
     * Where a credential was looked up.
     *
     * @param folder full name of the job's folder, empty for Jenkins itself
     * @param build id of the build, null outside of builds
     */
    record Place(String folder, @CheckForNull String build) {
        static final Place CONTROLLER = new Place("", null);

        static Place of(Job<?, ?> job) {
            return new Place(job.getParent().getFullName(), null);
        }

        static Place of(Run<?, ?> run) {
            return new Place(run.getParent().getParent().getFullName(), run.getExternalizableId());
        }
    }

    private record Kept(Authentication login, Instant until, WeakReference<IdCredentials> credentials) {}

    /** What is known of one credential. It is read with the slot's lock, so that several checks at once read it once. */
    private static final class Slot {
        @CheckForNull
        private volatile Kept kept;

        /** Whether its last reading gave nothing to keep, or failed: then checks do not wait for each other. */
        private volatile boolean plain;
    }

    private static final Cache<List<String>, Slot> SLOTS = Caffeine.newBuilder()
            .maximumSize(MAX_LOGINS)
            .expireAfterAccess(LONGEST_LIFE)
            .build();

    private KeptLogins() {}

    /** Reads the credential if no login of it is kept that is still good. May block. */
    static Authentication read(Place place, IdCredentials credentials) throws RegistryException {
        Slot slot = SLOTS.get(key(place, credentials), unseen -> new Slot());
        if (!slot.plain) {
            synchronized (slot) {
                Kept kept = slot.kept;
                if (kept != null && good(kept, place, credentials)) {
                    return kept.login();
                }
                if (!slot.plain) {
                    return readInto(slot, credentials);
                }
            }
        }
        Authentication login = SecretReader.read(credentials);
        keep(slot, login, credentials);
        return login;
    }

    private static Authentication readInto(Slot slot, IdCredentials credentials) throws RegistryException {
        try {
            Authentication login = SecretReader.read(credentials);
            keep(slot, login, credentials);
            return login;
        } catch (RegistryException e) {
            slot.plain = true;
            throw e;
        }
    }

    private static void keep(Slot slot, Authentication login, IdCredentials credentials) {
        Instant end = Authentications.end(login);
        slot.kept = end == null ? null : new Kept(login, until(end), new WeakReference<>(credentials));
        slot.plain = end == null;
    }

    /**
     * Whether a kept login may be used for a credential that was looked up now. Another object is another credential, which was replaced. The
     * exceptions are credentials of which each lookup makes an object: those of a build, and passwords that other plugins provide.
     */
    private static boolean good(Kept kept, Place place, IdCredentials credentials) {
        boolean madeAnew = credentials instanceof UsernamePasswordCredentials
                ? !(credentials instanceof UsernamePasswordCredentialsImpl)
                : place.build() != null;
        return kept.until().isAfter(Instant.now())
                && (madeAnew || kept.credentials().refersTo(credentials));
    }

    /** An id token names its build, so it is that build's alone. A password is the same in a whole folder. */
    private static List<String> key(Place place, IdCredentials credentials) {
        String build = place.build() == null || credentials instanceof UsernamePasswordCredentials ? "" : place.build();
        return List.of(place.folder(), build, credentials.getClass().getName(), credentials.getId());
    }

    private static Instant until(Instant end) {
        Duration tenth = Duration.between(Instant.now(), end).dividedBy(10);
        return end.minus(tenth.compareTo(MOST_MARGIN) > 0 ? MOST_MARGIN : tenth);
    }

    /** Has the credential read again for the next check, since a login of it was not accepted. */
    static void forget(String credentialsId) {
        SLOTS.asMap().values().forEach(slot -> {
            Kept kept = slot.kept;
            if (kept != null && credentialsId.equals(kept.login().credentialsId())) {
                slot.kept = null;
            }
        });
    }
}
