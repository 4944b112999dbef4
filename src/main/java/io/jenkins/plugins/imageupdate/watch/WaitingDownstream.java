package io.jenkins.plugins.imageupdate.watch;

import java.util.List;

/**
 * A downstream job that was to be started, of which no build is known yet.
 *
 * @param job its full name
 * @param build number of the upstream build
 */
public record WaitingDownstream(String job, int build, List<ImageUpdate> updates) {
    public WaitingDownstream {
        updates = List.copyOf(updates);
    }
}
