package org.purertc.ice.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The way out of one stream: bytes go straight to the kernel; those that it does not take now wait
 * here, bounded. What does not fit is dropped as a whole and counted.
 */
final class StreamQueue {

  /** The kernel's side: a non-blocking channel. */
  @FunctionalInterface
  interface Wire {

    /** Returns how many bytes the kernel took. */
    int write(ByteBuffer bytes) throws IOException;
  }

  private static final byte[] NOTHING = {};

  private final Wire wire;
  private final ByteBuffer scratch;
  private final int maxWaitingBytes;
  private byte[] waiting = NOTHING;
  private int first;
  private int waitingBytes;
  private long droppedMessages;

  /**
   * @param scratch a direct buffer; may be shared on the loop
   */
  StreamQueue(Wire wire, ByteBuffer scratch, int maxWaitingBytes) {
    this.wire = wire;
    this.scratch = scratch;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  boolean isEmpty() {
    return waitingBytes == 0;
  }

  int roomBytes() {
    return maxWaitingBytes - waitingBytes;
  }

  long droppedMessages() {
    return droppedMessages;
  }

  /** Sends or keeps the bytes, or drops them all; nothing reaches a kernel that is not open. */
  void send(byte[] buffer, int offset, int length, boolean open) throws IOException {
    if (length > roomBytes()) {
      droppedMessages++;
      return;
    }
    int written = open && isEmpty() ? write(buffer, offset, length) : 0;
    keep(buffer, offset + written, length - written);
  }

  /** The kernel has room again: sends what waits. Returns whether nothing waits any more. */
  boolean flush() throws IOException {
    int written = write(waiting, first, waitingBytes);
    first += written;
    waitingBytes -= written;
    if (waitingBytes == 0) {
      clear();
    }
    return isEmpty();
  }

  private int write(byte[] buffer, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      scratch.clear();
      scratch.put(buffer, offset + done, Math.min(length - done, scratch.capacity()));
      scratch.flip();
      int offered = scratch.remaining();
      int taken = wire.write(scratch);
      done += taken;
      if (taken < offered) {
        break;
      }
    }
    return done;
  }

  private void keep(byte[] buffer, int offset, int length) {
    if (length == 0) {
      return;
    }
    if (first + waitingBytes + length > waiting.length) {
      int grown = Math.min(maxWaitingBytes, Math.max(2 * waitingBytes, waitingBytes + length));
      byte[] moved = grown > waiting.length ? Arrays.copyOf(NOTHING, grown) : waiting;
      System.arraycopy(waiting, first, moved, 0, waitingBytes);
      waiting = moved;
      first = 0;
    }
    System.arraycopy(buffer, offset, waiting, first + waitingBytes, length);
    waitingBytes += length;
  }

  void clear() {
    waiting = NOTHING;
    first = 0;
    waitingBytes = 0;
  }
}
