package io.jenkins.plugins.imageupdate.testing;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Names the tests that were skipped when a run ends, one line for each class and reason. JUnit finds this by {@code META-INF/services}. */
public final class SkippedTests implements TestExecutionListener {
    private final PrintStream out;
    private final Map<String, Long> skipped = new TreeMap<>();
    private TestPlan plan;

    /** For JUnit. */
    public SkippedTests() {
        this(System.out);
    }

    SkippedTests(PrintStream out) {
        this.out = out;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            add(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason was given"));
        }
    }

    private synchronized void add(TestIdentifier test, String reason) {
        String place = test.getSource().map(SkippedTests::className).orElse(test.getDisplayName());
        skipped.merge(place + "\0" + reason, count(test), Long::sum);
    }

    /** A class is skipped with all its tests. One that would be run several times counts once. */
    private long count(TestIdentifier test) {
        long inside = plan.getChildren(test).stream().mapToLong(this::count).sum();
        return Math.max(1, inside);
    }

    private static String className(TestSource source) {
        String name = source instanceof MethodSource method
                ? method.getClassName()
                : source instanceof ClassSource type ? type.getClassName() : source.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan finished) {
        skipped.forEach((where, count) -> {
            String[] parts = where.split("\0", 2);
            out.println("NOT RUN: " + count + (count == 1 ? " test of " : " tests of ") + parts[0] + ": " + parts[1]);
        });
        // A JVM of Surefire runs a plan for each class.
        skipped.clear();
    }
}
