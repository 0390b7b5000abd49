package org.purertc.internal.datachannel;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Remembers what data channels ask of the association. */
final class FakeTransport implements DataTransport {
  final List<Sent> sent = new ArrayList<>();
  final List<Integer> resets = new ArrayList<>();
  boolean refuses;

  record Sent(
      int streamId, long ppid, String hex, boolean unordered, int maxRetransmits, long lifetimeNs) {
    int bytes() {
      return hex.length() / 2;
    }
  }

  @Override
  public boolean send(
      int streamId,
      long ppid,
      byte[] message,
      boolean unordered,
      int maxRetransmits,
      long lifetimeNs) {
    if (refuses) {
      return false;
    }
    String hex = HexFormat.of().formatHex(message);
    sent.add(new Sent(streamId, ppid, hex, unordered, maxRetransmits, lifetimeNs));
    return true;
  }

  @Override
  public void resetStreams(int[] streamIds) {
    for (int id : streamIds) {
      resets.add(id);
    }
  }

  Sent last() {
    return sent.get(sent.size() - 1);
  }
}
