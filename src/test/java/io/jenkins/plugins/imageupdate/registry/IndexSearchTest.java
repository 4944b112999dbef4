package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Indexes within indexes; each is named by one letter, and so are the images. */
class IndexSearchTest {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private final Map<Digest, byte[]> indexes = new HashMap<>();
    private final List<Digest> read = new ArrayList<>();

    private static Digest digest(char letter) {
        return Digest.of(new byte[] {(byte) letter});
    }

    private static String nested(char name) {
        return "{\"mediaType\":\"" + INDEX + "\",\"digest\":\"" + digest(name) + "\"}";
    }

    private static String image(char name, String architecture) {
        return "{\"mediaType\":\"" + IMAGE + "\",\"digest\":\"" + digest(name)
                + "\",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}}";
    }

    private byte[] index(char name, String... entries) {
        byte[] content = ("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        indexes.put(digest(name), content);
        return content;
    }

    private Optional<Digest> search(byte[] top, String platform) {
        read.clear();
        return new IndexSearch(
                        digest -> {
                            read.add(digest);
                            return CompletableFuture.completedFuture(indexes.get(digest));
                        },
                        index -> index.choose(Platform.parse(platform)))
                .in(IndexSearch.parse(top))
                .join();
    }

    @Test
    void goesLevelByLevelAndStopsAtTheFirst() {
        index('d', image('3', "arm64"), image('4', "s390x"));
        index('b', nested('d'), image('1', "amd64"));
        index('c', image('2', "arm64"));
        byte[] top = index('a', image('0', "386"), nested('b'), nested('c'));
        assertEquals(Optional.of(digest('0')), search(top, "linux/386"));
        assertEquals(List.of(), read);
        assertEquals(Optional.of(digest('1')), search(top, "linux/amd64"));
        assertEquals(List.of(digest('b')), read);
        assertEquals(Optional.of(digest('2')), search(top, "linux/arm64"), "the higher level goes before the deeper");
        assertEquals(List.of(digest('b'), digest('c')), read);
        assertEquals(Optional.of(digest('4')), search(top, "linux/s390x"));
        assertEquals(List.of(digest('b'), digest('c'), digest('d')), read);
        assertEquals(Optional.empty(), search(top, "linux/riscv64"));
    }

    /** A registry may make up as many as it likes, and one that holds itself where its digest is not looked at. */
    @Test
    void looksIntoSoManyAndNoMore() {
        index('z', image('1', "amd64"));
        for (char name = 'y'; name >= 'a'; name--) {
            index(name, nested((char) (name + 1)));
        }
        int last = 'z' - IndexSearch.MAX_INDEXES + 1;
        assertEquals(Optional.of(digest('1')), search(indexes.get(digest((char) last)), "linux/amd64"));
        assertEquals(Optional.empty(), search(indexes.get(digest((char) (last - 1))), "linux/amd64"));
        assertEquals(IndexSearch.MAX_INDEXES - 1, read.size());

        assertEquals(Optional.empty(), search(index('a', nested('a'), nested('a')), "linux/amd64"));
        assertEquals(IndexSearch.MAX_INDEXES - 1, read.size());
    }

    @Test
    void failsWhereAnInnerOneIsNone() {
        indexes.put(digest('b'), "{\"config\":{}}".getBytes(StandardCharsets.UTF_8));
        byte[] top = index('a', nested('b'));
        CompletionException thrown = assertThrows(CompletionException.class, () -> search(top, "linux/amd64"));
        assertEquals(FailureKind.NOT_A_REGISTRY, ((RegistryException) RegistryException.unwrap(thrown)).kind());
    }
}
