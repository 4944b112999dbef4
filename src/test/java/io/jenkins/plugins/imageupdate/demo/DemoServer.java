package io.jenkins.plugins.imageupdate.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the registry of the demo until standard input ends, so that it never outlives the script that started it. */
public final class DemoServer {
    private DemoServer() {}

    /** @param arguments the folder that the keys are written to; where the registry is, is printed as variables of a shell */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        try (DemoRegistry registry = new DemoRegistry()) {
            Files.writeString(folder.resolve(DemoRegistry.KEY + ".json"), registry.key());
            Files.writeString(folder.resolve(DemoRegistry.WRONG_KEY + ".json"), DemoRegistry.wrongKey());
            System.out.println("DEMO_REGISTRY=" + registry.host() + " DEMO_IMAGE=" + registry.image() + " DEMO_ORIGIN="
                    + registry.origin());
            while (System.in.read() >= 0) {
                // Nothing is said on standard input. It ends.
            }
        }
    }
}
