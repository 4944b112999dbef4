package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
    /** The rows follow github.com/containerd/platforms, database.go and platforms_test.go. */
    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "Linux/x86_64, linux/amd64",
        "linux/x86-64, linux/amd64",
        "linux/amd64/v1, linux/amd64",
        "linux/amd64/v2, linux/amd64/v2",
        "linux/i386, linux/386",
        "linux/i386/sse2, linux/386",
        "linux/386, linux/386",
        "linux/386/softfloat, linux/386/softfloat",
        "linux/Aarch64, linux/arm64",
        "linux/aarch64/v8, linux/arm64",
        "linux/arm64, linux/arm64",
        "linux/arm64/8, linux/arm64",
        "linux/arm64/v8, linux/arm64",
        "linux/arm64/v8.0, linux/arm64",
        "linux/arm64/v8.1, linux/arm64/v8.1",
        "linux/arm64/9, linux/arm64/v9",
        "linux/arm64/9.0, linux/arm64/v9",
        "linux/arm64/v9.0, linux/arm64/v9",
        "linux/arm, linux/arm/v7",
        "linux/arm/7, linux/arm/v7",
        "linux/arm/v7, linux/arm/v7",
        "linux/armhf, linux/arm/v7",
        "linux/arm/6, linux/arm/v6",
        "linux/armel, linux/arm/v6",
        "linux/arm/5, linux/arm/v5",
        "linux/arm/8, linux/arm/v8",
        "linux/s390x, linux/s390x",
        "linux/riscv64/RVA20U64, linux/riscv64/rva20u64",
        "macOS/arm64, darwin/arm64",
        "windows/amd64, windows/amd64",
        "' linux/amd64 ', linux/amd64",
        "Windows(10.0.17763)/x86_64, windows(10.0.17763)/amd64",
        "windows(10.0.20348.2113)/arm64/v8, windows(10.0.20348.2113)/arm64",
    })
    void readsIntoTheNormalForm(String written, String normal) {
        Platform platform = Platform.parse(written);
        assertEquals(normal, platform.toString());
        assertEquals(platform, Platform.parse(normal), "the normal form stays");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "linux",
                "linux/",
                "/amd64",
                "linux//v8",
                "linux/arm/v7/",
                "linux/arm/v7/x",
                "linux/*",
                "lin ux/arm",
                "windows()/amd64",
                "windows(10.0/amd64",
                "windows(10 0)/amd64",
                "linux/arm\nv7"
            })
    void refusesEverythingElse(String written) {
        String message = assertThrows(IllegalArgumentException.class, () -> Platform.parse(written))
                .getMessage();
        assertTrue(message.contains("is not a platform: write os/architecture"), message);
        assertTrue(message.lines().count() == 1, message);
    }

    @Test
    void fieldsOfAnIndexMayBeMissing() {
        assertEquals(Platform.parse("linux/arm/v7"), Platform.of("linux", "arm", null));
        assertEquals(new Platform("", "", ""), Platform.of(null, null, null));
    }
}
