package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.util.List;

/**
 * A claimed start of a downstream job of which no build is known yet.
 *
 * @param job its full name
 * @param build number of the upstream build
 */
public record WaitingDownstream(String job, int build, List<CheckResult> updates) {
    public WaitingDownstream {
        updates = List.copyOf(updates);
    }
}
