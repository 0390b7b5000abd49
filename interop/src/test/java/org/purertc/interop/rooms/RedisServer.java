package org.purertc.interop.rooms;

import static java.nio.charset.StandardCharsets.UTF_8;

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
  private final int port;
  private @Nullable Process process;

  RedisServer(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
      port = free.getLocalPort();
    }
    start();
  }

  String uri() {
    return "redis://" + ADDRESS + ":" + port;
  }

  void start() throws IOException, InterruptedException {
    String options = "--port %d --bind %s --appendonly no --dir %s --daemonize no";
    String[] words = options.formatted(port, ADDRESS, directory).split(" ");
    ProcessBuilder builder = new ProcessBuilder("redis-server");
    builder.command().addAll(List.of(words));
    builder.command().addAll(List.of("--save", ""));
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("redis.log").toFile());
    process = builder.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
    while (!answers()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("redis-server does not start");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getByName(ADDRESS), port)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
      return socket.getInputStream().read() == '+';
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills it; all it knew is gone. */
  void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      running.waitFor(START_LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
