package io.jenkins.plugins.imageupdate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user can get wrong: one line that names the input and the reason, exit code 1, and the record as it was. */
class BadInputTest {
    private final InProcessRegistry registry = InProcessRegistry.start();
    private final String image = registry.host() + "/p/app:stable";

    @TempDir
    private Path folder;

    private Path record;

    @BeforeEach
    void nameARecord() {
        record = folder.resolve("seen.json");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                | Missing required parameter: 'IMAGE'",
                "nginx --recrod seen.json        | Unknown option: '--recrod', similar ones are --record",
                "nginx -x                        | Unknown option: '-x'",
                "nginx --key                     | Missing required parameter for option '--key' (FILE)",
                "nginx --key a --key b           | expected only one match but got",
                "nginx --record a --record b     | option '--record' (FILE) should be specified only once",
                "nginx --user robot              | Missing required argument(s): --password-file=FILE",
                "nginx --password-file secret    | Missing required argument(s): --user=NAME",
                "nginx --json=maybe              | Invalid value for option '--json'",
                "nginx --platform arm            | Invalid value for option '--platform': \"arm\" is not a platform",
                "nginx --tags latest             | Invalid value for option '--tags': \"latest\" is not a tag policy",
                "nginx --tags semver:1.x,max=3   | Invalid value for option '--tags': \"1.x,max=3\" is not a range",
            })
    void aCommandThatIsNotRightIsRefused(String arguments, String reason) {
        Object[] split = arguments == null ? new Object[0] : arguments.split(" ");
        String line = CommandRun.of(split).refusal();
        assertTrue(line.startsWith("check-image: " + reason), line);
        assertTrue(line.endsWith(". See check-image --help"), line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nginx:                          | a tag has 1 to 128 letters",
                "https://gcr.io/p/app            | a reference has no scheme",
                "gcr.io/p/App:1                  | a repository's name has lower-case letters only",
                "gcr.io/p/app@sha256:12          | a sha256 digest has 64 lower-case hexadecimal digits",
                "gcr.io:99999/p/app              | is not a host name or IP address",
            })
    void aReferenceThatIsNotOneIsRefused(String reference, String reason) throws Exception {
        String line = CommandRun.of(reference, "--record", record).refusal();
        assertTrue(line.startsWith(reference + ": CONFIGURATION: "), line);
        assertTrue(line.contains(reason), line);
        assertFalse(Files.exists(record));
    }

    @Test
    void aKeyThatCannotBeReadIsRefusedAndNotRepeated() throws Exception {
        Files.createDirectory(folder.resolve("folder"));
        Files.writeString(folder.resolve("long"), "x".repeat(70_000));
        Files.writeString(folder.resolve("broken.json"), "{\"type\": \"service_account\", \"private_key\": \"SECRET");
        Files.writeString(folder.resolve("alone.pem"), "-----BEGIN PRIVATE KEY-----\nSECRET\n");
        Files.writeString(folder.resolve("words"), "SECRET of several words");
        Files.write(folder.resolve("utf-16"), new byte[] {(byte) 0xFF, (byte) 0xFE, '{', 0, 'S', 0});
        for (String[] row : List.of(
                new String[] {"missing", " cannot be read: there is no such file"},
                new String[] {"folder", " cannot be read: "},
                new String[] {"long", ": it is longer than 65536 bytes"},
                new String[] {"broken.json", ": the key is JSON that breaks off"},
                new String[] {"alone.pem", ": "},
                new String[] {"words", ": an access token is one word"},
                new String[] {"utf-16", ": "})) {
            String line = CommandRun.of(image, "--plain-http", "--key", folder.resolve(row[0]), "--record", record)
                    .refusal();
            assertTrue(line.startsWith("check-image: --key " + folder.resolve(row[0]) + row[1]), line);
            assertFalse(line.contains("SECRET"), line);
        }
        assertEquals(List.of(), registry.requests());
        assertFalse(Files.exists(record));
    }

    @Test
    void aPasswordFileThatCannotBeReadIsRefused() throws Exception {
        String line = CommandRun.of(image, "--user", "robot", "--password-file", folder.resolve("missing"))
                .refusal();
        assertEquals("check-image: --password-file " + folder.resolve("missing")
                        + " cannot be read: there is no such file or folder",
                line);
        Files.writeString(folder.resolve("password"), "secret");
        line = CommandRun.of(image, "--user", "a:b", "--password-file", folder.resolve("password"))
                .refusal();
        assertTrue(line.contains(": a user name must not"), line);
    }

    @Test
    void aRecordThatCannotBeWrittenIsSaidBeforeAnythingIsAsked() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        Files.createDirectory(folder.resolve("folder"));
        Files.writeString(folder.resolve("file"), "something");
        for (String[] row : List.of(
                new String[] {"folder", " cannot be used: it is not a file"},
                new String[] {"missing/seen.json", " cannot be written: there is no folder for it"},
                new String[] {"file/seen.json", " cannot be written: there is no folder for it"})) {
            Path unusable = folder.resolve(row[0]);
            String line = CommandRun.of(image, "--plain-http", "--record", unusable).refusal();
            assertTrue(line.startsWith("check-image: --record " + unusable + row[1]), line);
        }
        assertEquals(List.of(), registry.requests());
        assertEquals("something", Files.readString(folder.resolve("file")));
    }

    @Test
    void aRecordThatCannotBeReadIsLeftAsItIs() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        for (String[] row : List.of(
                new String[] {"", "No content to map"},
                new String[] {"{\"version\": 1, \"recovered\": false, \"images\": [", "Unexpected end-of-input"},
                new String[] {"[]", "Cannot deserialize"},
                new String[] {"{\"version\":1,\"recovered\":false,\"images\":[]} trailing", "Unrecognized token"},
                new String[] {"{\"version\":2,\"recovered\":false,\"images\":[]}", "it is of version 2, which a newer version"},
                new String[] {"{\"version\":1,\"recovered\":false}", "it has no images"},
                new String[] {"{\"version\":1,\"recovered\":false,\"images\":[],\"more\":1}", "Unrecognized field \"more\""},
                new String[] {"{\"version\":1,\"recovered\":false,\"images\":[{\"image\":{\"reference\":\"A:1\"}}]}", "Cannot deserialize"},
                new String[] {"{\"version\":1,\"recovered\":false,\"images\":[null]}", "an entry is missing"},
                new String[] {"<image-updates/>", "Unexpected character"})) {
            Files.writeString(record, row[0]);
            String line = CommandRun.of(image, "--plain-http", "--record", record)
                    .refusal();
            assertTrue(line.startsWith("check-image: --record " + record + " is not a record of check-image: " + row[1]), line);
            assertEquals(row[0], Files.readString(record));
        }
        assertEquals(List.of(), registry.requests());
    }

    @Test
    void aRecordThatCannotBeWrittenAfterTheCheckIsSaidBesideTheResult() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        Path parent = Files.createDirectory(folder.resolve("folder"));
        registry.faults().always(request -> true, (request, regular) -> {
            Files.deleteIfExists(parent);
            return regular.get();
        });
        CommandRun run = CommandRun.of(image, "--plain-http", "--record", parent.resolve("seen.json"));
        assertEquals(CheckImage.FAILED, run.exitCode());
        assertTrue(run.out().get(0).startsWith(image + ": first seen, "), run.out()::toString);
        assertEquals(1, run.err().size(), run.err()::toString);
        assertTrue(run.err().get(0).contains("seen.json cannot be written: there is no such file or folder"));
    }

    @Test
    void withoutANetworkTheRecordIsUnharmed() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        CommandRun.of(image, "--plain-http", "--record", record).only(CheckImage.UNCHANGED);
        String before = Files.readString(record);
        registry.faults().always(request -> true, Fault.disconnect());
        String closed = CommandRun.of(image, "--plain-http", "--record", record).refusal();
        assertTrue(closed.startsWith(image + ": UN"), closed);
        String nowhere = "127.0.0.1:" + closedPort() + "/p/app:stable";
        assertTrue(CommandRun.of(nowhere, "--plain-http", "--record", record)
                .refusal()
                .startsWith(nowhere + ": UNREACHABLE: "));
        String unknown = "registry.invalid/p/app:stable";
        assertTrue(CommandRun.of(unknown, "--record", record)
                .refusal()
                .startsWith(unknown + ": UNREACHABLE: "));
        assertEquals(before, Files.readString(record));
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
