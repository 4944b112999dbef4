package io.jenkins.plugins.imageupdate.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Looks for an image in an index, then in those that it lists, level by level (OCI image specification, "Image Index"). */
final class IndexSearch {
    /** Indexes that are looked into; an honest image has one or two. */
    static final int MAX_INDEXES = 8;

    private final Function<Digest, CompletableFuture<byte[]>> read;
    private final Function<ImageIndex, Optional<Digest>> choice;

    /**
     * @param read the bytes of an index, verified against its digest
     * @param choice what is looked for, if an index has it
     */
    IndexSearch(Function<Digest, CompletableFuture<byte[]>> read, Function<ImageIndex, Optional<Digest>> choice) {
        this.read = read;
        this.choice = choice;
    }

    /** Fails with a {@link RegistryException} if this JSON is not an index. */
    static ImageIndex parse(byte[] content) {
        try {
            return ImageIndex.parse(content);
        } catch (RegistryException e) {
            throw new CompletionException(e);
        }
    }

    /** Empty if none of the first {@link #MAX_INDEXES} indexes has it. */
    CompletableFuture<Optional<Digest>> in(ImageIndex index) {
        return in(index, new ArrayDeque<>(), MAX_INDEXES - 1);
    }

    private CompletableFuture<Optional<Digest>> in(ImageIndex index, Deque<Digest> nested, int left) {
        Optional<Digest> chosen = choice.apply(index);
        nested.addAll(index.nested());
        return chosen.isPresent() || nested.isEmpty() || left == 0
                ? CompletableFuture.completedFuture(chosen)
                : read.apply(nested.remove()).thenCompose(content -> in(parse(content), nested, left - 1));
    }
}
