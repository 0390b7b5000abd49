package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
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
final class Chromium implements CrashingBrowser {
  private static final List<String> SWITCHES =
      List.of(
          "--no-sandbox",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-quic",
          "--use-fake-device-for-media-stream",
          "--use-fake-ui-for-media-stream",
          "--autoplay-policy=no-user-gesture-required");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private @Nullable Page page;

  /** With more switches of its command line. */
  Chromium(String... switches) {
    playwright = playwright();
    browser = launch(playwright, switches);
  }

  static Playwright playwright() {
    Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    return Playwright.create(new Playwright.CreateOptions().setEnv(environment));
  }

  static com.microsoft.playwright.Browser launch(Playwright playwright, String... switches) {
    return launch(playwright, Path.of("/usr/bin/chromium"), switches);
  }

  /**
   * @param program Chromium, or what starts it
   */
  static com.microsoft.playwright.Browser launch(
      Playwright playwright, Path program, String... switches) {
    List<String> arguments = new ArrayList<>(SWITCHES);
    arguments.addAll(List.of(switches));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(program)
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
    Page opened = browser.newPage();
    opened.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
    opened.onPageError(errors::add);
    opened.navigate(url);
    page = opened;
  }

  @Override
  public void crash() {
    Page open = page;
    if (open != null) {
      assertThatThrownBy(() -> open.navigate("chrome://crash"))
          .isInstanceOf(PlaywrightException.class);
    }
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
