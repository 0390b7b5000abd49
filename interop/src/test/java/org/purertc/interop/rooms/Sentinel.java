package org.purertc.interop.rooms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's redis-sentinel on loopback, alone, watching one Redis under the name "rooms". */
final class Sentinel implements AutoCloseable {
  private static final long LIMIT_SECONDS = 90;

  private final Path log;
  private final Process process;

  Sentinel(Path directory, int port, int main, String password) throws IOException {
    log = directory.resolve("sentinel.log");
    Path settings = directory.resolve("sentinel.conf");
    Files.writeString(
        settings,
        """
        bind 127.0.0.1
        port %d
        dir %s
        sentinel monitor rooms 127.0.0.1 %d 1
        sentinel auth-pass rooms %s
        sentinel down-after-milliseconds rooms 2000
        """
            .formatted(port, directory, main, password));
    process =
        new ProcessBuilder("redis-sentinel", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /** Waits until it knows of a Redis that can take over. */
  void awaitReplica() throws IOException, InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!Files.readString(log).contains("+slave slave")) {
      if (System.nanoTime() > endNs) {
        throw new AssertionError("the sentinel sees no replica: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }
}
