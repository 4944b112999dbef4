package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After every test of the whole suite, and while its Jenkins is still there: no file of a Jenkins' home or of an agent, no page that was
 * fetched, nothing that was logged, no thread's name and no system property has one of the {@link Canaries}. JUnit finds this by {@code
 * META-INF/services}; that it does, and that it would find one, is shown by {@code CanaryWatchTest}.
 */
public final class CanaryWatch implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {
    private static final CanaryFiles FILES = new CanaryFiles();
    private static final AtomicInteger SEARCHES = new AtomicInteger();

    /** How many tests of this JVM were followed by a search. */
    static int searches() {
        return SEARCHES.get();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        CanaryLog.listen();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        FILES.search();
        Thread.getAllStackTraces().keySet().forEach(thread -> Canaries.search("a thread's name", thread.getName()));
        System.getProperties().forEach((name, value) -> Canaries.search("system property " + name, value.toString()));
        SEARCHES.incrementAndGet();
        requireNone();
    }

    /** Jenkins has ended, which it logs. */
    @Override
    public void afterAll(ExtensionContext context) {
        requireNone();
    }

    private static void requireNone() {
        List<String> found = Canaries.found();
        if (!found.isEmpty()) {
            throw new AssertionError("a secret in clear: " + found);
        }
    }
}
