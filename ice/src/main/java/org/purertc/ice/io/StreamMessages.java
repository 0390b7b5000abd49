package org.purertc.ice.io;

import java.util.Arrays;

/** Cuts a stream of bytes into messages that tell their length; keeps the piece of the next one. */
public abstract class StreamMessages {

  /** Takes the messages; the buffer is valid during the call only. */
  @FunctionalInterface
  public interface Sink {
    void onMessage(byte[] buffer, int offset, int length);
  }

  private static final byte[] NOTHING = {};

  private final int headerBytes;
  private final int maxMessageBytes;
  private byte[] kept = NOTHING;
  private int keptBytes;

  /**
   * @param headerBytes how many bytes of a message tell its length
   */
  protected StreamMessages(int headerBytes, int maxMessageBytes) {
    this.headerBytes = headerBytes;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** The length of the message that begins here, header and all; -1 when it is none. */
  protected abstract int messageBytes(byte[] buffer, int at);

  /**
   * Takes the next bytes of the stream.
   *
   * @return false when they are no messages: the stream cannot be read any more
   */
  public final boolean receive(byte[] buffer, int offset, int length, Sink sink) {
    if (keptBytes == 0) {
      int used = cut(buffer, offset, length, sink);
      if (used >= 0) {
        keep(buffer, offset + used, length - used);
      }
      return used >= 0;
    }
    keep(buffer, offset, length);
    byte[] all = kept;
    int total = keptBytes;
    keptBytes = 0;
    int used = cut(all, 0, total, sink);
    if (used >= 0) {
      keep(all, used, total - used);
    }
    return used >= 0;
  }

  /** Returns how many bytes whole messages took, or -1. */
  private int cut(byte[] buffer, int offset, int length, Sink sink) {
    int at = 0;
    while (length - at >= headerBytes) {
      int total = messageBytes(buffer, offset + at);
      if (total < 0) {
        return -1;
      }
      if (total > length - at) {
        break;
      }
      sink.onMessage(buffer, offset + at, total);
      at += total;
    }
    return at;
  }

  private void keep(byte[] buffer, int offset, int length) {
    int needed = keptBytes + length;
    if (needed > kept.length) {
      kept = Arrays.copyOf(kept, Math.max(needed, Math.min(2 * kept.length, maxMessageBytes)));
    }
    System.arraycopy(buffer, offset, kept, keptBytes, length);
    keptBytes = needed;
    if (needed == 0) {
      kept = NOTHING;
    }
  }
}
