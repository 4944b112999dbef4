package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.Clients;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** More hosts than the controller can remember or look up at once. */
public final class LimitAttacks {
    public static final List<Attack> ROWS = List.of(lookups(), hosts());

    private LimitAttacks() {}

    /** What is known of each, its limits and its connection. */
    private static Attack hosts() {
        return new Attack("memory, for good", "100,000 hosts, one after another", "10000 are remembered", () -> {
            HttpTransport transport = Clients.transport();
            for (int i = 0; i < 100_000; i++) {
                transport.limits().host(URI.create("https://h" + i + ".invalid/"));
            }
            return transport.limits().hosts() + " are remembered";
        });
    }

    /** Each name might be one that a slow name server has. */
    private static Attack lookups() {
        return new Attack(
                "all threads, by slow name servers", "10,000 hosts at once", "16 are looked up at once", () -> {
                    List<Runnable> threads = new ArrayList<>();
                    AddressRules rules = new AddressRules(new Limits(Clock.systemUTC(), threads::add), threads::add);
                    for (int i = 0; i < 10_000; i++) {
                        rules.checkRequest(
                                RegistryEndpoint.of("h" + i + ".invalid"), URI.create("https://h" + i + ".invalid/"));
                    }
                    int atOnce = threads.size();
                    rules.checkRequest(Clients.plain("127.0.0.1"), URI.create("http://127.0.0.1/"));
                    boolean listedGoesOn = threads.size() == atOnce + 1;
                    return listedGoesOn
                            ? atOnce + " are looked up at once, a listed registry beside them"
                            : "it has to wait";
                });
    }
}
