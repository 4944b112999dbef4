package io.jenkins.plugins.imageupdate.view;

import com.google.common.io.Resources;
import io.jenkins.plugins.imageupdate.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;

/** A real Chromium. Without one the test is skipped. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path profile;
    private final ChromeDriver driver;
    private boolean dark;

    Browser(Path profile) {
        this.profile = profile;
        Path chromium = Tools.require("chromium", "chromium-browser", "google-chrome", "chrome");
        Path chromedriver = Tools.require("chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en-GB",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
    }

    /** A window of this width, in a light or a dark theme. */
    void look(int width, boolean darkTheme) {
        look(width, 900, darkTheme);
    }

    void look(int width, int height, boolean darkTheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", darkTheme ? "dark" : "light"))));
        dark = darkTheme;
    }

    void open(String url) throws IOException {
        driver.get(url);
        waitFor(() -> Boolean.TRUE.equals(driver.executeScript("return document.readyState === 'complete'")));
        if (dark) {
            driver.executeScript(
                    "const s = document.createElement('style'); s.textContent = arguments[0]; document.head.append(s);",
                    Resources.toString(Resources.getResource(Browser.class, "dark.css"), StandardCharsets.UTF_8));
        }
    }

    WebElement find(String css) {
        waitFor(() -> !driver.findElements(By.cssSelector(css)).isEmpty());
        return driver.findElement(By.cssSelector(css));
    }

    /** The button of these words in a part of the page. */
    WebElement button(String css, String words) {
        waitFor(() -> buttons(css, words).findFirst().isPresent());
        return buttons(css, words).findFirst().orElseThrow();
    }

    private Stream<WebElement> buttons(String css, String words) {
        return all(css + " button").stream()
                .filter(button -> button.isDisplayed() && button.getText().contains(words));
    }

    void click(WebElement element) {
        script("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    /** In place of what the field holds. */
    void type(String css, String text) {
        WebElement field = find(css);
        script("arguments[0].scrollIntoView({block: 'center'})", field);
        field.clear();
        field.sendKeys(text + Keys.TAB);
    }

    /** In a list that is filled by the server. */
    void select(String css, String value) {
        String option = css + " option[value='" + value + "']";
        find(option);
        script(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}));",
                find(css),
                value);
    }

    /** In a list that shows another part of the form for each choice. */
    void selectByWords(String css, String words) {
        script("""
                const [select, words] = arguments;
                select.value = [...select.options].find((one) => one.text.startsWith(words)).value;
                select.dispatchEvent(new Event("change", { bubbles: true }));
                """, find(css), words);
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    Object script(String javascript, Object... arguments) {
        return driver.executeScript(javascript, arguments);
    }

    String text() {
        return find("body").getText();
    }

    String url() {
        return driver.getCurrentUrl();
    }

    void waitFor(BooleanSupplier condition) {
        new FluentWait<>(driver)
                .withTimeout(PATIENCE)
                .pollingEvery(Duration.ofMillis(50))
                .ignoring(StaleElementReferenceException.class)
                .until(any -> condition.getAsBoolean());
    }

    /** What the console of the browser has got since the last call, of this level or above. */
    List<String> console(Level least) {
        List<String> errors = new ArrayList<>();
        driver.manage().logs().get(LogType.BROWSER).forEach(entry -> {
            if (entry.getLevel().intValue() >= least.intValue()) {
                errors.add(entry.getLevel() + " " + entry.getMessage());
            }
        });
        return errors;
    }

    /** What of this part of the page reaches beyond the window's right edge. */
    @SuppressWarnings("unchecked")
    List<String> overflowing(String css) {
        return (List<String>) script("""
                const edge = document.documentElement.clientWidth + 1;
                return [...document.querySelector(arguments[0]).querySelectorAll("*")]
                  .filter((one) => one.getBoundingClientRect().right > edge)
                  .map((one) => one.outerHTML.substring(0, 200));
                """, css);
    }

    /**
     * What axe-core finds serious or critical in this part of the page.
     *
     * @param but rules of axe-core that are left out
     */
    @SuppressWarnings("unchecked")
    List<String> accessibilityFindings(String css, Set<String> but) throws IOException {
        driver.executeScript(Resources.toString(Resources.getResource("axe.min.js"), StandardCharsets.UTF_8));
        return (List<String>) driver.executeAsyncScript("""
                const [css, but, done] = arguments;
                const rules = Object.fromEntries(but.map((rule) => [rule, { enabled: false }]));
                axe.run(css, { resultTypes: ["violations"], rules }).then((found) =>
                  done(found.violations
                    .filter((one) => one.impact === "serious" || one.impact === "critical")
                    .flatMap((one) => one.nodes.map((node) => one.id + ": " + node.html + " " + node.failureSummary))));
                """, css, List.copyOf(but));
    }

    /** Of this part of the page, with a little around it; without Jenkins' bar of buttons, which stands over whatever is below it. */
    @SuppressWarnings("unchecked")
    void screenshot(Path file, String css) throws IOException {
        Map<String, Object> clip = (Map<String, Object>) script("""
                window.scrollTo(0, 0);
                const box = document.querySelector(arguments[0]).getBoundingClientRect();
                return { x: Math.max(0, box.x - 20), y: Math.max(0, box.y - 20), width: box.width + 40,
                  height: box.height + 40, scale: 1 };
                """, css);
        buttonBar("none");
        Object picture = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip))
                .get("data");
        buttonBar("");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(picture)));
    }

    private void buttonBar(String display) {
        script("""
                document.querySelectorAll("#bottom-sticker, .jenkins-bottom-app-bar__shadow")
                  .forEach((bar) => { bar.style.display = arguments[0]; });
                """, display);
    }

    /** Returns when the browser's processes have ended: until then they write into the profile, which the test deletes next. */
    @Override
    public void close() {
        List<ProcessHandle> processes = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(profile.toString()))
                .toList();
        driver.quit();
        processes.forEach(process -> process.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join());
    }
}
