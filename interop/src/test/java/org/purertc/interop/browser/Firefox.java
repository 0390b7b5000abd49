package org.purertc.interop.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.purertc.interop.network.NetworkNamespace;

/**
 * Debian's Firefox ESR, headless, in a network namespace of its own: it never uses loopback. Its
 * settings for WebRTC are the defaults; camera and microphone are fakes.
 */
final class Firefox implements CrashingBrowser {
  /** No traffic but ours, no page but ours, and what a user allows by a click is allowed. */
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
      user_pref("media.navigator.streams.fake", true);
      user_pref("media.navigator.permission.disabled", true);
      user_pref("media.devices.insecure.enabled", true);
      user_pref("media.getusermedia.insecure.enabled", true);
      user_pref("media.autoplay.default", 0);
      """;

  private final NetworkNamespace network;
  private final Path profile;
  private final List<Process> processes = new ArrayList<>();
  private @Nullable FirefoxPage page;

  Firefox() {
    this(Map.of());
  }

  /** With more preferences, their values as JavaScript writes them. */
  Firefox(Map<String, String> preferences) {
    this(new NetworkNamespace(), preferences);
    // Else nobody finds the host candidates, and whoever nominates waits for a better pair.
    network.addMulticastRoute();
  }

  /** In this namespace, which it closes. */
  Firefox(NetworkNamespace network) {
    this(network, Map.of());
  }

  private Firefox(NetworkNamespace network, Map<String, String> preferences) {
    this.network = network;
    StringBuilder all = new StringBuilder(PREFERENCES);
    preferences.forEach(
        (name, value) -> all.append("user_pref(\"%s\", %s);%n".formatted(name, value)));
    try {
      profile = Files.createTempDirectory("purertc-firefox");
      Files.writeString(profile.resolve("user.js"), all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String serverHost() {
    return network.outside();
  }

  @Override
  public String host() {
    return network.inside();
  }

  @Override
  public void open(String url) {
    page().navigate(url);
  }

  /** The one page of this browser; starts the browser. */
  FirefoxPage page() {
    FirefoxPage open = page;
    if (open == null) {
      open = FirefoxPage.connect(start());
      page = open;
    }
    return open;
  }

  private int start() {
    int debugPort = freePort();
    String port = Integer.toString(debugPort);
    // Without an audio device, pages can neither make nor hear sound.
    run(
        List.of(
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--load=module-null-sink",
            "--load=module-native-protocol-unix auth-anonymous=1 socket=" + soundSocket()));
    String inside = "TCP\\:127.0.0.1\\:" + port;
    run(
        network.command(
            List.of(
                "firefox-esr",
                "--headless",
                "--no-remote",
                "--profile",
                profile.toString(),
                "--remote-debugging-port",
                port)));
    // Firefox takes debuggers on its own loopback only, and compares the port with the request's.
    run(
        List.of(
            "socat",
            "TCP-LISTEN:" + port + ",fork,reuseaddr,bind=127.0.0.1",
            "EXEC:" + String.join(" ", network.command(List.of("socat"))) + " STDIO " + inside));
    return debugPort;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path soundSocket() {
    return profile.resolve("sound");
  }

  private void run(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", profile.toString());
    builder.environment().put("PULSE_RUNTIME_PATH", profile.resolve("pulse").toString());
    builder.environment().put("PULSE_SERVER", "unix:" + soundSocket());
    builder.redirectErrorStream(true);
    builder.redirectOutput(profile.resolve(command.get(0) + ".txt").toFile());
    try {
      processes.add(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> consoleErrors() {
    return page().consoleErrors();
  }

  @Override
  public void crash() {
    for (Process process : processes) {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
      all.forEach(handle -> handle.onExit().join());
    }
  }

  @Override
  public void close() {
    if (page != null) {
      page.close();
    }
    crash();
    network.close();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
