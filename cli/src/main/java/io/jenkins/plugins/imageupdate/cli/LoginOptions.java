package io.jenkins.plugins.imageupdate.cli;

import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What the command signs in with. A secret comes from a file, since other users of the machine see the arguments of a command. */
final class LoginOptions {
    /** A service account's key has some 2,400 bytes. */
    private static final int MAX_BYTES = 64 * 1024;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A Google service account's key as Google made it, or an access token.")
    private Path key;

    @ArgGroup(exclusive = false)
    private UserOptions user;

    static final class UserOptions {
        @Option(names = "--user", paramLabel = "NAME", required = true, description = "User name, and with it:")
        private String name;

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                required = true,
                description = "File with the password. One line break at its end is left out.")
        private Path passwordFile;
    }

    /** Reads the files that were named. */
    Authentication read() throws CommandException {
        return user == null
                ? read("--key", key, secret -> Authentications.ofSecret(key.toString(), secret))
                : read(
                        "--password-file",
                        user.passwordFile,
                        secret -> Authentications.ofUserPassword(
                                user.passwordFile.toString(), user.name, secret.replaceFirst("\r?\n\\z", "")));
    }

    private interface Login {
        Authentication of(String secret);
    }

    private static Authentication read(String option, Path file, Login login) throws CommandException {
        String words = option + " " + Printable.of(file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new CommandException(
                        words + ": it is longer than " + MAX_BYTES + " bytes, so it is not a key or a password");
            }
            return login.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandException(words + " cannot be read: " + CommandException.reason(e));
        } catch (IllegalArgumentException e) {
            throw new CommandException(words + ": " + e.getMessage());
        }
    }
}
