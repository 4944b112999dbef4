package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.registry.http.HttpClients;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;

/** Malicious redirects, and links to further pages of tags. */
public final class RedirectAttacks {
    private static final String INTERNAL = "has the internal address";
    private static final String OWN = "only /v2/p/app/tags/list was asked";

    public static final List<Attack> ROWS = Stream.of(
                    redirects(
                            INTERNAL,
                            "http://127.0.0.2/admin",
                            "http://10.0.0.1/",
                            "http://[::1]/",
                            "http://localhost/"),
                    redirects(INTERNAL, "http://169.254.169.254/latest/meta-data/", "//192.168.0.1/x"),
                    redirects("an IP address in an unusual spelling", "http://2130706433/", "//0177.0.0.1/"),
                    redirects("not a plain http or https address", "file:///etc/passwd", "http://a:b@198.51.100.7/"),
                    redirects("a redirect without a valid address", "", "http://exa mple.com/"),
                    links(OWN, "http://192.0.2.1/v2/p/app/tags/list?last=a", "//10.0.0.1/v2/", "http://127.0.0.2/?n=1"),
                    links(OWN, "https://%s/v2/other/tags/list?last=a", "http://x@%s/v2/p/app/tags/list?last=a"),
                    links("has no valid address", "http://exa mple.com/"),
                    List.of(circle(), authorization(), challenge(), realmElsewhere(), certificate()))
            .flatMap(List::stream)
            .toList();

    private RedirectAttacks() {}

    private static List<Attack> redirects(String refusal, String... locations) {
        return Stream.of(locations)
                .map(location -> new Attack(
                        "the controller's network",
                        "a redirect to " + (location.isEmpty() ? "nothing" : "`" + location + "`"),
                        refusal,
                        AttackScene.unseen(
                                scene -> scene.answering(Reply.of(307).with("Location", location))
                                        .listed(Checks.ANONYMOUS))))
                .toList();
    }

    private static List<Attack> links(String refusal, String... targets) {
        return Stream.of(targets)
                .map(target -> new Attack(
                        "a login, by the next page of a tag list",
                        "the link `" + target.replace("%s", "REGISTRY") + "`",
                        refusal,
                        AttackScene.unseen(scene -> {
                            String link = "<" + target.replace("%s", scene.evil.host()) + ">; rel=\"next\"";
                            scene.answering(Reply.of(200, "application/json", "{\"tags\":[\"a\"]}")
                                    .with("Link", link));
                            HttpTransport transport =
                                    new HttpTransport(any -> scene.http, ForkJoinPool.commonPool(), Clock.systemUTC());
                            ImageReference image = ImageReference.parse(scene.evil.host() + "/p/app:stable");
                            RegistryEndpoint endpoint =
                                    new RegistryEndpoint(scene.evil.host(), true, Duration.ofSeconds(20), 8, false);
                            String list = Clients.repository(transport, image, endpoint, AttackScene.LOGIN)
                                    .tags()
                                    .handle((tags, thrown) -> String.valueOf(thrown == null ? tags : thrown))
                                    .join();
                            boolean own = scene.evil.requests().stream()
                                    .allMatch(request -> request.path().equals("/v2/p/app/tags/list"));
                            return list + (own ? ": only /v2/p/app/tags/list was asked" : ": another path was asked");
                        })))
                .toList();
    }

    private static Attack circle() {
        return new Attack("endless work", "a redirect to itself", "more than 3 redirects", AttackScene.unseen(scene -> {
            String said = scene.answering(Reply.of(301).with("Location", "/v2/p/app/manifests/stable"))
                    .listed(Checks.ANONYMOUS);
            int requests = scene.evil.requests().size();
            return requests == 4 ? said : requests + " requests";
        }));
    }

    private static void basicThenRedirect(AttackScene scene) {
        scene.evil.faults().next(request -> true, Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic")));
        scene.answering(Reply.of(307).with("Location", "http://192.0.2.1/v2/p/app/manifests/stable"));
    }

    private static Attack authorization() {
        return new Attack(
                "a login, by a redirect to another host",
                "a redirect after the login was sent",
                "digest sha256:",
                AttackScene.unsigned(scene -> {
                    scene.elsewhere.pushImage("p/app", "stable", "one");
                    basicThenRedirect(scene);
                    return scene.listed(AttackScene.LOGIN);
                }));
    }

    private static Attack challenge() {
        return new Attack(
                "a login, by a challenge of the host behind a redirect",
                "401 and `Basic` there",
                "HTTP 401",
                AttackScene.unsigned(scene -> {
                    scene.elsewhere
                            .faults()
                            .always(request -> true, Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic")));
                    basicThenRedirect(scene);
                    return scene.listed(AttackScene.LOGIN);
                }));
    }

    /** Such a host can be another registry, which gives anonymous tokens. */
    private static Attack realmElsewhere() {
        return new Attack(
                "the controller's network, by the host behind a redirect",
                "401 and a token server at `http://10.0.0.1/token` there",
                "has the internal address",
                AttackScene.unsigned(scene -> {
                    scene.elsewhere
                            .faults()
                            .always(
                                    request -> true,
                                    Fault.reply(Reply.of(401)
                                            .with("Www-Authenticate", "Bearer realm=\"http://10.0.0.1/token\"")));
                    basicThenRedirect(scene);
                    return scene.listed(AttackScene.LOGIN);
                }));
    }

    /** Which client is used tells whether the certificate could be shown. */
    private static Attack certificate() {
        return new Attack(
                "the controller's client certificate",
                "a redirect to another host that asks for one",
                "asked without the client certificate",
                AttackScene.unseen(scene -> {
                    basicThenRedirect(scene);
                    HttpClients clients = new HttpClients() {
                        @Override
                        public HttpClient of(RegistryEndpoint endpoint) {
                            return scene.http;
                        }

                        @Override
                        public HttpClient elsewhere(RegistryEndpoint endpoint) {
                            throw new IllegalStateException("asked without the client certificate");
                        }
                    };
                    HttpTransport transport = new HttpTransport(clients, ForkJoinPool.commonPool(), Clock.systemUTC());
                    RegistryEndpoint endpoint =
                            new RegistryEndpoint(scene.evil.host(), true, Duration.ofSeconds(20), 8, false);
                    try {
                        ImageReference image = ImageReference.parse(scene.evil.host() + "/p/app:stable");
                        Checks.await(Clients.repository(transport, image, endpoint, AttackScene.LOGIN)
                                .resolve(image, null, null));
                        return "asked with it";
                    } catch (java.util.concurrent.CompletionException e) {
                        Throwable cause = RegistryException.unwrap(e);
                        return String.valueOf((cause.getCause() == null ? cause : cause.getCause()).getMessage());
                    }
                }));
    }
}
