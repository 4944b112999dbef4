package io.jenkins.plugins.imageupdate.ledger;

/** What a check by the step compares with. */
public enum Since {
    /** What the last successful build of the job saw, so that after a failed build the change is seen again. */
    LAST_SUCCESS,
    /** What any earlier build of the job saw. */
    LAST_CHECK
}
