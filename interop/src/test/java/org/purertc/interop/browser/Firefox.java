package org.purertc.interop.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Firefox ESR, headless, in a network namespace of its own: it never uses loopback. A veth
 * pair joins the namespace to this process; both ends go when the browser is closed.
 */
final class Firefox implements Browser {
  private static final String PREFERENCES =
      """
      user_pref("browser.shell.checkDefaultBrowser", false);
      user_pref("browser.startup.homepage_override.mstone", "ignore");
      user_pref("browser.aboutwelcome.enabled", false);
      user_pref("datareporting.policy.dataSubmissionEnabled", false);
      user_pref("app.update.enabled", false);
      user_pref("app.normandy.enabled", false);
      user_pref("media.gmp-manager.updateEnabled", false);
      user_pref("network.captive-portal-service.enabled", false);
      user_pref("network.connectivity-service.enabled", false);
      user_pref("services.settings.server", "data:,");
      """;

  private final String namespace = "prtc" + ProcessHandle.current().pid();
  private final Path profile;
  private @Nullable Process process;

  Firefox() {
    String pid = Long.toString(ProcessHandle.current().pid());
    String outside = "pv" + pid;
    String inside = "pf" + pid;
    try {
      profile = Files.createTempDirectory("purertc-firefox");
      Files.writeString(profile.resolve("user.js"), PREFERENCES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ip("netns", "add", namespace);
    ip("link", "add", outside, "type", "veth", "peer", "name", inside);
    ip("link", "set", inside, "netns", namespace);
    ip("addr", "add", "10.77.0.1/24", "dev", outside);
    ip("link", "set", outside, "up");
    ip("-n", namespace, "addr", "add", "10.77.0.2/24", "dev", inside);
    ip("-n", namespace, "link", "set", inside, "up");
    ip("-n", namespace, "link", "set", "lo", "up");
  }

  @Override
  public String serverHost() {
    return "10.77.0.1";
  }

  @Override
  public void open(String url) {
    List<String> command =
        List.of(
            "ip",
            "netns",
            "exec",
            namespace,
            "firefox-esr",
            "--headless",
            "--no-remote",
            "--profile",
            profile.toString(),
            url);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", profile.toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(profile.resolve("output.txt").toFile());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Firefox without a driver does not tell. */
  @Override
  public List<String> consoleErrors() {
    return List.of();
  }

  @Override
  public void close() {
    if (process != null) {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
      all.forEach(handle -> handle.onExit().join());
    }
    ip("netns", "delete", namespace);
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    try {
      Process ip = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(ip.getInputStream().readAllBytes(), "UTF-8");
      if (!ip.waitFor(20, TimeUnit.SECONDS) || ip.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
