package io.jenkins.plugins.imageupdate.harness;

/** Options of the processes that tests run Jenkins in. */
public final class JvmOptions {
    /** Without the optimizing compiler Jenkins starts in half the time. The JVM of the tests does without it too. */
    public static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private JvmOptions() {}
}
