package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    /** SHA-256 of "abc", FIPS 180-2, appendix B.1. */
    private static final String ABC_SHA256 = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void hashesContent() {
        Digest digest = Digest.of(ABC);
        assertEquals(ABC_SHA256, digest.toString());
        assertEquals(Digest.parse(ABC_SHA256), digest);
        assertEquals("sha256:ba7816bf8f01", digest.abbreviated());
    }

    /** The values for "abc" are those of FIPS 180-2, appendices B to D. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ABC_SHA256,
                "sha384:cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
                "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            })
    void matchesItsContentAlone(String text) {
        Digest digest = Digest.parse(text);
        assertTrue(digest.matches(ABC));
        assertFalse(digest.matches(new byte[0]));
        assertEquals(text, digest.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'', form algorithm:hex",
        "abc, form algorithm:hex",
        ":abc, unsupported digest algorithm",
        "md5:d41d8cd98f00b204e9800998ecf8427e, unsupported digest algorithm",
        "SHA256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, unsupported digest algorithm",
        "sha256:, 64 lower-case",
        "sha256:ba7816bf, 64 lower-case",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0, 64 lower-case",
        "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD, 64 lower-case",
        "sha256:za7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, 64 lower-case",
        "sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, 128 lower-case",
        "' sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', unsupported digest algorithm",
    })
    void refusesEverythingElse(String text, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> Digest.parse(text))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void aTrailingLineBreakIsNotPartOfADigest() {
        assertThrows(IllegalArgumentException.class, () -> Digest.parse(ABC_SHA256 + "\n"));
    }
}
