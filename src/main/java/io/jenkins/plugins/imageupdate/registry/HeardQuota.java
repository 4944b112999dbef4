package io.jenkins.plugins.imageupdate.registry;

import java.time.Instant;

/** What a registry said of its rate limit, and when. Registries count for each login or address: it is that of the last request. */
public record HeardQuota(Quota quota, Instant at) {}
