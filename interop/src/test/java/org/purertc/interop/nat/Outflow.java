package org.purertc.interop.nat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.purertc.RTCDataChannel;

/** Sends random bytes at a steady rate until it is told to finish, and tells their hash. */
final class Outflow implements Runnable {
  private static final int CHUNK_BYTES = 16 * 1024;
  private static final long CHUNK_NS = 10_000_000;

  private final RTCDataChannel channel;
  private final Consumer<ObjectNode> out;
  private final MessageDigest hash = sha256();
  private volatile boolean finished;

  private Outflow(RTCDataChannel channel, Consumer<ObjectNode> out) {
    this.channel = channel;
    this.out = out;
  }

  static Outflow start(RTCDataChannel channel, Consumer<ObjectNode> out) {
    Outflow outflow = new Outflow(channel, out);
    new Thread(outflow, "sends").start();
    return outflow;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** No more is made; what was made still goes out. */
  void finish() {
    finished = true;
  }

  @Override
  public void run() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] chunk = new byte[CHUNK_BYTES];
    long bytes = 0;
    try {
      try (OutputStream stream = channel.outputStream()) {
        while (!finished) {
          random.nextBytes(chunk);
          stream.write(chunk);
          hash.update(chunk);
          bytes += chunk.length;
          LockSupport.parkNanos(CHUNK_NS);
        }
      }
      String sha256 = HexFormat.of().formatHex(hash.digest());
      out.accept(PeerProgram.event("sent").put("bytes", bytes).put("sha256", sha256));
    } catch (IOException e) {
      out.accept(PeerProgram.event("error").put("reason", "sending: " + e.getMessage()));
    }
  }
}
