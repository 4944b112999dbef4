package io.jenkins.plugins.imageupdate.ledger;

/** What can happen in {@link AgeModel}. */
enum AgeStep {
    PUSH,
    /** The tag goes back to a digest that it had before. */
    PUSH_OLD,
    CHECK,
    /** A build checks the image by the step, and succeeds. */
    STEP,
    MINUTES,
    HOURS,
    DAY,
    CLOCK_FORWARD,
    CLOCK_BACK,
    /** The process ends without having saved its uptime, and another one begins hours later. */
    CRASH,
    LOSE_LEDGER,
    LOSE_UPTIME,
    /** The registry deletes what no tag points at. */
    COLLECT_GARBAGE
}
