package org.purertc.interop.rooms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Debian's redis-server on loopback. It keeps nothing: after a restart it is empty. */
final class RedisServer implements AutoCloseable {
  private static final long START_LIMIT_SECONDS = 30;
  private static final String ADDRESS = "127.0.0.1";

  private final Path directory;
  private final List<String> options;
  private final int port;
  private @Nullable Process process;

  /**
   * @param options more of its command line
   */
  RedisServer(Path directory, String... options) throws IOException, InterruptedException {
    this.directory = directory;
    this.options = List.of(options);
    port = freePort();
    start();
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
      return free.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  String uri() {
    return "redis://" + ADDRESS + ":" + port;
  }

  void start() throws IOException, InterruptedException {
    String standard = "--%s %d --bind %s --appendonly no --dir %s --daemonize no";
    String kind = isTls() ? "port 0 --tls-port" : "port";
    String[] words = standard.formatted(kind, port, ADDRESS, directory).split(" ");
    ProcessBuilder builder = new ProcessBuilder("redis-server");
    builder.command().addAll(List.of(words));
    builder.command().addAll(options);
    builder.command().addAll(List.of("--save", ""));
    File log = directory.resolve("redis-" + port + ".log").toFile();
    builder.redirectErrorStream(true).redirectOutput(log);
    process = builder.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
    while (!answers()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("redis-server does not start");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean isTls() {
    return options.contains("--tls-cert-file");
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getByName(ADDRESS), port)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
      // What wants a password says something else, what wants TLS nothing.
      return isTls() || socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills it; all it knew is gone. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().orTimeout(START_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
