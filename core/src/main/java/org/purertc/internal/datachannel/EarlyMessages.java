package org.purertc.internal.datachannel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages on streams without a channel: the user may create the negotiated channel a moment later,
 * or the channel that used the stream before is about to end. Bounded; they count against the
 * receive window as long as they are here.
 */
final class EarlyMessages {

  /** One message of the usual maximum size; the window is at least twice that. */
  static final int MAX_BYTES = 256 << 10;

  static final int MAX_MESSAGES = 1024;

  private final Map<Integer, List<Early>> byStream = new HashMap<>();
  private int bytes;
  private int messages;

  record Early(long ppid, byte[] message) {}

  /**
   * @return false when there is no room
   */
  boolean keep(int streamId, long ppid, byte[] message) {
    if (messages == MAX_MESSAGES || message.length > MAX_BYTES - bytes) {
      return false;
    }
    byStream.computeIfAbsent(streamId, id -> new ArrayList<>(1)).add(new Early(ppid, message));
    bytes += message.length;
    messages++;
    return true;
  }

  /** Gives what came on a stream, and forgets it. */
  List<Early> take(int streamId) {
    List<Early> taken = byStream.remove(streamId);
    if (taken == null) {
      return List.of();
    }
    messages -= taken.size();
    bytes -= bytesOf(taken);
    return taken;
  }

  static int bytesOf(List<Early> taken) {
    return taken.stream().mapToInt(early -> early.message().length).sum();
  }
}
