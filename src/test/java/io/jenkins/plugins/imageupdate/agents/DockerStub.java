package io.jenkins.plugins.imageupdate.agents;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A command {@code docker} that answers as the command line of Docker 27 does to the Docker Pipeline plugin. It has no containers: what is
 * executed in one runs on the machine itself. It knows which images were pulled or built.
 */
final class DockerStub {
    private static final String SCRIPT = """
            #!/bin/sh
            here=$(dirname "$0")
            for last; do :; done
            known() { grep -qxF "$1" "$here/images" 2>/dev/null; }
            echo "$*" >> "$here/calls"
            case "$1" in
              -v) echo "Docker version 27.3.1, build ce12230" ;;
              inspect) known "$last" || { echo "Error: No such object: $last" >&2; exit 1; } ;;
              pull) echo "$last" >> "$here/images" ;;
              build) echo "$3" >> "$here/images" ;;
              run) echo 4f5c1a0e6bd1 ;;
              top) printf 'PID                 COMMAND\\n1                   cat\\n' ;;
              exec)
                shift
                while true; do
                  case "$1" in
                    --env) export "${2?}"; shift 2 ;;
                    --workdir) cd "$2"; shift 2 ;;
                    *) break ;;
                  esac
                done
                shift
                exec "$@" ;;
              stop|rm) echo "$last" ;;
              *) echo "docker: '$1' is not a docker command." >&2; exit 1 ;;
            esac
            """;

    private final Path folder;

    DockerStub(Path folder) throws IOException {
        this.folder = folder;
        Path docker = Files.writeString(folder.resolve("docker"), SCRIPT);
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A value of PATH that finds this command first. */
    String path() {
        return folder + File.pathSeparator + System.getenv("PATH");
    }

    /** The arguments of each call. */
    List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }
}
