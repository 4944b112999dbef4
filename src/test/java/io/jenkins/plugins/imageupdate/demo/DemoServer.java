package io.jenkins.plugins.imageupdate.demo;

import java.io.IOException;
import java.nio.file.Path;

/** Runs the registry of the demo until standard input ends, so that it never outlives the script that started it. */
public final class DemoServer {
    private DemoServer() {}

    /** @param arguments the folder that the keys are written to. The variables of the demo are printed for a shell */
    public static void main(String[] arguments) throws IOException {
        try (DemoRegistry registry = new DemoRegistry()) {
            System.out.println(DemoVariables.forShell(DemoVariables.of(registry, Path.of(arguments[0]))));
            while (System.in.read() >= 0) {
                // Nothing is said on standard input. It ends.
            }
        }
    }
}
