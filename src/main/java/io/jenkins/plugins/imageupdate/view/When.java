package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/** A time on pages: how long ago, and the exact time. */
public final class When {
    private final Instant instant;

    private When(Instant instant) {
        this.instant = instant;
    }

    /** Null for null. */
    @CheckForNull
    static When of(@CheckForNull Instant instant) {
        return instant == null ? null : new When(instant);
    }

    /** "3 min 2 sec ago", or "just now". */
    public String getAgo() {
        Duration passed = Duration.between(instant, Instant.now());
        return passed.compareTo(Duration.ofSeconds(2)) < 0 ? Messages.When_Now() : Messages.When_Ago(getSpan());
    }

    /** The time since then. */
    public String getSpan() {
        return Util.getTimeSpanString(
                Math.max(0, Duration.between(instant, Instant.now()).toMillis()));
    }

    /** The time from now until then. */
    public String getAhead() {
        return Util.getTimeSpanString(
                Math.max(0, Duration.between(Instant.now(), instant).toMillis()));
    }

    /** For Jelly, which formats it in the user's language and time zone. */
    public Date getDate() {
        return Date.from(instant);
    }

    public String getIso() {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
