package io.jenkins.plugins.imageupdate.ledger;

/** The steps of the model. Small steps can happen between any two reads of the thread that queues builds. */
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
