package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Logins in a dump of the heap, long after the check that needed them. */
public final class HeapAttacks {
    private static final String KEY =
            ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", AttackScene.SECRET);

    public static final List<Attack> ROWS = List.of(
            kept("a password", () -> Authentication.ofUserPassword("id", "robot", AttackScene.SECRET)),
            kept("a key that is sent", () -> Authentication.ofSecret("id", KEY)));

    private HeapAttacks() {}

    private static Attack kept(String what, Supplier<Authentication> maker) {
        return new Attack(
                "a secret in a dump of the heap", what + ", after its check", "let go of", AttackScene.unseen(scene -> {
                    scene.challenge("Basic");
                    RegistryEndpoint endpoint =
                            new RegistryEndpoint(scene.evil.host(), true, Duration.ofSeconds(20), 8, true);
                    try (Checks checks = Checks.of(endpoint, scene.http)) {
                        WeakReference<Authentication> login = use(checks, maker);
                        return collected(login) ? "let go of" : "kept";
                    }
                }));
    }

    private static WeakReference<Authentication> use(Checks checks, Supplier<Authentication> maker) {
        Authentication login = maker.get();
        checks.check("p/app:stable", login);
        return new WeakReference<>(login);
    }

    /** The last stage of a check may still be on its thread's stack for a moment. */
    private static boolean collected(WeakReference<?> reference) {
        for (int i = 0; i < 200 && reference.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        return reference.get() == null;
    }
}
