package io.jenkins.plugins.imageupdate.ledger;

/** What can happen, one step at a time. The small ones can happen between any two looks of the thread that queues builds. */
enum ModelStep {
    PUSH(false),
    PUSH_AGAIN(false),
    ASK(false),
    ASK_IN_VAIN(false),
    RECORD(false),
    QUEUE(false),
    ADVANCE(true),
    CANCEL(true),
    JOIN(true),
    STEP_ASK(false),
    STEP_RECORD(true),
    STEP_SUCCEED(true),
    STEP_FAIL(true),
    RENUMBER(false),
    DISABLE(true),
    ENABLE(false),
    SAVE_QUEUE(true),
    DISK_FULL(false),
    DISK_FREE(false),
    CRASH(false),
    RESTART(false),
    HOUR(false),
    HOUR_BACK(false);

    final boolean small;

    ModelStep(boolean small) {
        this.small = small;
    }
}
