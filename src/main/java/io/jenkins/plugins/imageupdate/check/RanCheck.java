package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Kept;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;

/**
 * Compares what builds really ran with what tags point at. A node pulls an image by the digest of its index or of its platform's manifest. So a
 * digest that is not the tag's own takes one more request, for the platforms of the tag's index. The answer never changes, so it is remembered.
 */
final class RanCheck {
    private static final Logger LOGGER = Logger.getLogger(RanCheck.class.getName());

    private record Question(WatchedImage image, String login, Digest tag, List<Digest> others) {}

    /** @param outdated as in {@link Ran} */
    private record Answer(@CheckForNull Digest outdated) {}

    private final Kept<Question, Answer> answers = Kept.sinceUse(Duration.ofDays(1), 600);

    /** Adds to a sighting what a build ran. Leaves it as it is if nothing is to be compared, or if the registry does not answer. */
    CompletableFuture<Sighting> of(Sighting seen, RanDigests ran, RemoteRepository repository, String login) {
        TagSet tags = seen.tags();
        Digest tag = tags == null ? null : tags.newest().whole();
        if (tag == null || tag.equals(ran.settled()) || ran.digests().isEmpty()) {
            return CompletableFuture.completedFuture(seen);
        }
        List<Digest> others =
                ran.digests().stream().filter(one -> !one.equals(tag)).toList();
        return answer(new Question(seen.image(), login, tag, others), repository)
                .thenApply(answer -> seen.with(new Ran(ran.build(), answer.outdated())))
                .exceptionally(thrown -> {
                    LOGGER.info(() -> seen.image().reference() + ": what build " + ran.build()
                            + " ran is not compared: " + Diagnosis.of(thrown).detail());
                    return seen;
                });
    }

    private CompletableFuture<Answer> answer(Question question, RemoteRepository repository) {
        Answer known = question.others().isEmpty() ? new Answer(null) : answers.get(question);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return RepositoryCheck.begun(() -> repository.platforms(question.tag())).thenApply(platforms -> {
            Answer answer = new Answer(question.others().stream()
                    .filter(one -> !platforms.contains(one))
                    .findFirst()
                    .orElse(null));
            answers.put(question, answer);
            return answer;
        });
    }
}
