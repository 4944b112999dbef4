package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;

/**
 * Looks at pages light and dark, wide and narrow, and keeps a picture of each beside the build's other results; with {@code
 * -Dupdate.docs=true} those that the documentation shows go to docs/images.
 */
final class Looks {
    private static final Set<String> DOCUMENTED = Set.of(
            "build-1280",
            "build-images-1280",
            "demo-built",
            "demo-updated",
            "demo-wrong-key",
            "jenkins-images-1280",
            "job-1280",
            "job-1280-dark",
            "management-1280",
            "management-360",
            "registries-tested",
            "step",
            "trigger-saved-1280",
            "waiting-1280");

    /**
     * What every form of Jenkins 2.541 breaks, whatever stands in it: its captions are no labels, its help links have a tabindex, its
     * hints too little contrast, its blocks an attribute too many.
     */
    private static final Set<String> OF_JENKINS_FORMS =
            Set.of("label", "select-name", "tabindex", "color-contrast", "aria-allowed-attr");

    private final Browser browser;
    private final URL jenkins;

    Looks(Browser browser, URL jenkins) {
        this.browser = browser;
        this.jenkins = jenkins;
    }

    String address(String page) {
        return jenkins + page;
    }

    /** A page of ours. */
    void inspect(String page, String name) throws IOException {
        inspect(page, name, "#main-panel");
    }

    /** @param ours what axe-core judges: the frame around it is Jenkins' own */
    void inspect(String page, String name, String ours) throws IOException {
        inEachWay(page, name, look -> judge(look, "body", ours, Set.of()));
    }

    /** @param ours a notice of ours on a page of Jenkins, in its own colours, which have too little contrast */
    void inspectNotice(String page, String name, String ours) throws IOException {
        inEachWay(page, name, look -> judge(look, ours, ours, Set.of("color-contrast")));
    }

    /** @param ours our part of a form of Jenkins */
    void inspectForm(String page, String name, String ours) throws IOException {
        inEachWay(page, name, look -> judgeForm(look, ours));
    }

    /** What the browser shows just now. */
    void judge(String look, String ours) throws IOException {
        judge(look, "body", ours, Set.of());
    }

    /** As that, of our part of a form of Jenkins. */
    void judgeForm(String look, String ours) throws IOException {
        judge(look, ours, ours, OF_JENKINS_FORMS);
    }

    private interface Judge {
        void judge(String look) throws IOException;
    }

    private void inEachWay(String page, String name, Judge judge) throws IOException {
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(1280, 360)) {
                browser.look(width, dark);
                browser.open(address(page));
                judge.judge(name + "-" + width + (dark ? "-dark" : ""));
            }
        }
    }

    /** Keeps a picture of this part of what the browser shows just now. */
    void keep(String look, String part) throws IOException {
        browser.find(part);
        boolean documented = Boolean.getBoolean("update.docs") && DOCUMENTED.contains(look);
        browser.screenshot(Path.of(documented ? "docs/images" : "target/screenshots", look + ".png"), part);
    }

    private void judge(String look, String picture, String ours, Set<String> but) throws IOException {
        browser.find(ours);
        keep(look, picture);
        assertEquals(List.of(), browser.accessibilityFindings(ours, but), look);
        // Jenkins' own scripts warn of some of its own forms.
        assertEquals(List.of(), browser.console(but.isEmpty() ? Level.WARNING : Level.SEVERE), look);
        assertEquals(List.of(), browser.overflowing(ours), look + " is wider than the window");
    }
}
