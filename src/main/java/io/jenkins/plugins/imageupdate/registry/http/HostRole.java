package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import java.net.URI;

/** What a host is to the registry that a check is about. */
public enum HostRole {
    REGISTRY("%s"),
    TOKEN_SERVER("the registry's token server %s"),
    REDIRECT_TARGET("%s, to which the registry redirects"),
    TOKEN_REDIRECT_TARGET("%s, to which the registry's token server redirects");

    private final String title;

    HostRole(String title) {
        this.title = title;
    }

    /** For a host that the registry did not name as its token server. */
    public static HostRole of(RegistryEndpoint endpoint, URI uri) {
        return endpoint.has(uri) ? REGISTRY : REDIRECT_TARGET;
    }

    /** Whether it gives tokens, or is asked for one. */
    boolean token() {
        return this == TOKEN_SERVER || this == TOKEN_REDIRECT_TARGET;
    }

    boolean redirect() {
        return this == REDIRECT_TARGET || this == TOKEN_REDIRECT_TARGET;
    }

    /** Words in front of a message, so that it says which host it is about; empty for the registry itself. */
    public String prefix(URI uri) {
        return this == REGISTRY ? "" : titled(uri) + ": ";
    }

    String titled(URI uri) {
        return title.formatted(uri.getRawAuthority());
    }
}
