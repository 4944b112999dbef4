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
import io.jenkins.plugins.imageupdate.registry.auth.EcrToken;
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

    /** What is kept of one credential. Guarded by itself, so that several checks read it once. */
    private static final class Slot {
        @CheckForNull
        private Kept kept;
    }

    private static final Cache<List<String>, Slot> SLOTS = Caffeine.newBuilder()
            .maximumSize(MAX_LOGINS)
            .expireAfterAccess(LONGEST_LIFE)
            .build();

    private KeptLogins() {}

    /** Reads the credential if no login of it is kept that is still good. May block. */
    static Authentication read(Place place, IdCredentials credentials) throws RegistryException {
        boolean amazon = ofAmazon(credentials);
        List<String> key = key(place, credentials, amazon);
        Slot slot = amazon ? SLOTS.get(key, unseen -> new Slot()) : SLOTS.getIfPresent(key);
        if (slot == null) {
            Authentication login = SecretReader.read(credentials);
            return Authentications.end(login) == null
                    ? login
                    : keep(SLOTS.get(key, unseen -> new Slot()), login, place, credentials, amazon);
        }
        synchronized (slot) {
            Kept kept = slot.kept;
            return kept != null && good(kept, place, credentials, amazon)
                    ? kept.login()
                    : keep(slot, SecretReader.read(credentials), place, credentials, amazon);
        }
    }

    /** The login that is kept: another check may have read the credential at the same time. */
    private static Authentication keep(
            Slot slot, Authentication login, Place place, IdCredentials credentials, boolean amazon) {
        Instant end = Authentications.end(login);
        synchronized (slot) {
            if (slot.kept != null && good(slot.kept, place, credentials, amazon)) {
                return slot.kept.login();
            }
            slot.kept = end == null ? null : new Kept(login, until(end), new WeakReference<>(credentials));
            return login;
        }
    }

    /**
     * Whether a kept login may be used for a credential that was looked up now. Another object is another credential, which was replaced. The
     * exceptions are credentials of which each lookup makes an object: those of a build, and those of plugins for Amazon.
     */
    private static boolean good(Kept kept, Place place, IdCredentials credentials, boolean amazon) {
        boolean madeAnew = place.build() != null || amazon && !(credentials instanceof UsernamePasswordCredentialsImpl);
        return kept.until().isAfter(Instant.now())
                && (madeAnew || kept.credentials().refersTo(credentials));
    }

    /** A build's credential is that build's alone: an id token names the build. Amazon's tokens are the same for a whole folder. */
    private static List<String> key(Place place, IdCredentials credentials, boolean amazon) {
        String build = place.build() == null || amazon ? "" : place.build();
        return List.of(place.folder(), build, credentials.getClass().getName(), credentials.getId());
    }

    private static boolean ofAmazon(IdCredentials credentials) throws RegistryException {
        return credentials instanceof UsernamePasswordCredentials login
                && EcrToken.USER.equals(ForeignCode.call(credentials.getId(), login::getUsername));
    }

    private static Instant until(Instant end) {
        Duration tenth = Duration.between(Instant.now(), end).dividedBy(10);
        return end.minus(tenth.compareTo(MOST_MARGIN) > 0 ? MOST_MARGIN : tenth);
    }

    /** Has the credential read again for the next check, since a login of it was not accepted. */
    static void forget(String credentialsId) {
        SLOTS.asMap().values().forEach(slot -> {
            synchronized (slot) {
                if (slot.kept != null && credentialsId.equals(slot.kept.login().credentialsId())) {
                    slot.kept = null;
                }
            }
        });
    }
}
