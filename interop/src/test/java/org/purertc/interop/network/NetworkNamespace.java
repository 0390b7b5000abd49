package org.purertc.interop.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace of this test's own. A veth pair joins it to this process and to nothing else;
 * both ends go when it is closed, or when this JVM ends. Needs root.
 */
public final class NetworkNamespace implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;
  private final String subnet;
  private final String cable;
  private final String insideCable;
  private final Thread atExit = new Thread(this::delete);

  public NetworkNamespace() {
    long pid = ProcessHandle.current().pid();
    int number = COUNT.incrementAndGet();
    name = "purertc" + pid + "-" + number;
    // Two JVMs may run at the same time, each with several namespaces.
    subnet = "10." + (100 + pid % 100) + "." + number % 256;
    cable = "po" + pid + "-" + number;
    insideCable = "pi" + pid + "-" + number;
    ip("netns", "add", name);
    Runtime.getRuntime().addShutdownHook(atExit);
    ip("link", "add", cable, "type", "veth", "peer", "name", insideCable, "netns", name);
    ip("addr", "add", outside() + "/24", "dev", cable);
    plug();
    ip("-n", name, "addr", "add", inside() + "/24", "dev", insideCable);
    ip("-n", name, "link", "set", insideCable, "up");
    ip("-n", name, "link", "set", "lo", "up");
  }

  /** The address of this process's end. */
  public String outside() {
    return subnet + ".1";
  }

  /** The address inside. */
  public String inside() {
    return subnet + ".2";
  }

  /** From now on this process's end has an IPv6 address and no other. */
  public void useIpv6() {
    ip("addr", "flush", "dev", cable);
    ip(
        "addr",
        "add",
        "fd00:" + subnet.substring(3).replace('.', ':') + "::1/64",
        "dev",
        cable,
        "nodad");
    ip("addr", "add", "fe80::1/64", "dev", cable, "nodad");
  }

  /** The name of the interface of this process's end. */
  public String cable() {
    return cable;
  }

  /**
   * A default route into the cable, where nobody answers for foreign addresses: browsers tell the
   * address of their default route, and no other, to pages that have no camera.
   */
  public void addDefaultRoute() {
    ip("-n", name, "route", "add", "default", "dev", insideCable);
  }

  /** Pulls the cable: nothing gets through until {@link #plug}. */
  public void unplug() {
    ip("link", "set", cable, "down");
  }

  /** Puts the cable back. */
  public void plug() {
    ip("link", "set", cable, "up");
  }

  /** The command that runs another one inside. */
  public List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
    all.addAll(command);
    return all;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    delete();
  }

  private void delete() {
    ip("netns", "delete", name);
  }

  private static void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    try {
      Process ip = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(ip.getInputStream().readAllBytes(), UTF_8);
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
