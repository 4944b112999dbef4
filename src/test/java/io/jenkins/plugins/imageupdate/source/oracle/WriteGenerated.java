package io.jenkins.plugins.imageupdate.source.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the generated files into a folder, for another reader; see the README beside the kept results. */
public final class WriteGenerated {
    private WriteGenerated() {}

    /** Arguments: the folder. */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (int i = 0; i < OracleTest.COMPOSE; i++) {
            for (Map.Entry<String, String> file : GeneratedCompose.files(i).entrySet()) {
                write(folder.resolve("compose/" + i + "/" + file.getKey()), file.getValue());
            }
        }
        for (int i = 0; i < OracleTest.YAML; i++) {
            write(folder.resolve("yaml/" + i + ".yaml"), GeneratedYaml.text(i));
        }
        for (int i = 0; i < OracleTest.DOCKERFILE; i++) {
            write(folder.resolve("dockerfile/" + i), GeneratedDockerfile.text(i));
            write(folder.resolve("start/" + i), GeneratedDockerfile.start(i));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
