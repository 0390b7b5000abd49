package org.purertc.interop.browser;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Chromium, headless, with its default settings (candidates hidden behind mDNS); camera
 * and microphone are fakes, and what a user allows by a click is allowed.
 */
final class Chromium implements Browser {
  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final List<String> errors = new CopyOnWriteArrayList<>();

  Chromium() {
    playwright = playwright();
    browser = launch(playwright);
  }

  static Playwright playwright() {
    Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    return Playwright.create(new Playwright.CreateOptions().setEnv(environment));
  }

  /** With more arguments of the command line. */
  static com.microsoft.playwright.Browser launch(Playwright playwright, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--no-sandbox",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--autoplay-policy=no-user-gesture-required"));
    arguments.addAll(List.of(more));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of("/usr/bin/chromium"))
                .setHeadless(true)
                .setArgs(arguments));
  }

  @Override
  public String serverHost() {
    return "127.0.0.1";
  }

  @Override
  public @Nullable String host() {
    return null;
  }

  @Override
  public void open(String url) {
    Page page = browser.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
    page.onPageError(errors::add);
    page.navigate(url);
  }

  @Override
  public List<String> consoleErrors() {
    return errors;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
