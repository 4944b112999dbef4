package io.jenkins.plugins.imageupdate.registry.http;

/** How this client names itself: {@code image-update-check/1.2}. Some firewalls refuse the name of Java's own client. */
final class UserAgent {
    private static final String NAME = "image-update-check";

    static final String VALUE = of(UserAgent.class.getPackage().getImplementationVersion());

    private UserAgent() {}

    /** @param version as the plugin's manifest has it, followed by a word in brackets in private builds; null outside a plugin */
    static String of(String version) {
        String number = version == null ? "" : version.strip().split("\\s+", 2)[0];
        return number.matches("[0-9A-Za-z.+_-]+") ? NAME + "/" + number : NAME;
    }
}
