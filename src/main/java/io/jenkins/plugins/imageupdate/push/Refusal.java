package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Why the receiver does not take a request. The words for callers say nothing about the configuration. */
enum Refusal {
    NOT_PROVEN(403, "refused") {
        @Override
        String problem() {
            return Messages.Refusal_NotProven();
        }
    },
    NOT_READ(400, "not an event of this source") {
        @CheckForNull
        @Override
        String problem() {
            return null;
        }
    },
    TOO_LARGE(413, "too long, or too slow") {
        @Override
        String problem() {
            return Messages.Refusal_TooLarge(EventRequest.MAX_BYTES / 1024);
        }
    },
    TOO_MANY(429, "too many requests") {
        @Override
        String problem() {
            return Messages.Refusal_TooMany();
        }
    },
    NOT_NOW(503, "not now, send it again") {
        @Override
        String problem() {
            return Messages.Refusal_NotNow();
        }
    };

    private final int status;
    private final String words;

    Refusal(int status, String words) {
        this.status = status;
        this.words = words;
    }

    int status() {
        return status;
    }

    String words() {
        return words;
    }

    /** For administrators. Null if more than this is known. */
    @CheckForNull
    abstract String problem();
}
