package org.purertc.interop.nat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.purertc.RTCDataChannel;

/** Reads what an {@link Outflow} sends, and tells how far it is and the hash of it all. */
final class Inflow {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Consumer<ObjectNode> out;
  private long bytes;
  private long awaited = Long.MAX_VALUE;

  Inflow(Consumer<ObjectNode> out) {
    this.out = out;
  }

  void start(RTCDataChannel channel) {
    InputStream stream = channel.inputStream();
    new Thread(() -> read(stream), "receives").start();
  }

  /** Tells when so many more bytes have come. */
  synchronized void tellAfter(long more) {
    awaited = bytes + more;
  }

  private void read(InputStream stream) {
    MessageDigest hash = Outflow.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        hash.update(buffer, 0, count);
        count(count);
      }
      String sha256 = HexFormat.of().formatHex(hash.digest());
      out.accept(PeerProgram.event("received").put("bytes", bytes()).put("sha256", sha256));
    } catch (IOException e) {
      out.accept(PeerProgram.event("error").put("reason", "receiving: " + e.getMessage()));
    }
  }

  private synchronized long bytes() {
    return bytes;
  }

  private synchronized void count(int more) {
    bytes += more;
    if (bytes >= awaited) {
      awaited = Long.MAX_VALUE;
      out.accept(PeerProgram.event("more"));
    }
  }
}
