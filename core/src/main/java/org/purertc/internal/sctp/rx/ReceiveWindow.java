package org.purertc.internal.sctp.rx;

/**
 * What is held for the user, in bytes: payload that waits for its message or its turn (stored) and
 * messages that the user has not consumed (delivered). Small messages cost more than their payload,
 * so each chunk and message also counts for its objects.
 */
final class ReceiveWindow {
  /** About what the objects around one chunk or message take on the heap. */
  static final int OVERHEAD_BYTES = 64;

  private final long sizeBytes;
  private final long maxMessageBytes;
  private long storedBytes;
  private long storedChunks;
  private long deliveredBytes;
  private long deliveredOverheadBytes;

  ReceiveWindow(long sizeBytes, long maxMessageBytes) {
    this.sizeBytes = sizeBytes;
    this.maxMessageBytes = maxMessageBytes;
  }

  void store(int bytes) {
    storedBytes += bytes;
    storedChunks++;
  }

  void release(int bytes, int chunks) {
    storedBytes -= bytes;
    storedChunks -= chunks;
  }

  void releaseAllStored() {
    storedBytes = 0;
    storedChunks = 0;
  }

  void deliver(int bytes) {
    deliveredBytes += bytes;
    deliveredOverheadBytes += OVERHEAD_BYTES;
  }

  /** Overhead goes in proportion, for nobody says how many messages these bytes were. */
  void consume(int bytes) {
    if (bytes >= deliveredBytes) {
      deliveredBytes = 0;
      deliveredOverheadBytes = 0;
    } else {
      deliveredOverheadBytes -= deliveredOverheadBytes * bytes / deliveredBytes;
      deliveredBytes -= bytes;
    }
  }

  /** What we advertise. */
  long freeBytes() {
    return Math.max(0, sizeBytes - payloadBytes() - overheadBytes());
  }

  /** Whether a chunk fits: payload into the window, objects into as much again. */
  boolean fits(int bytes) {
    return payloadBytes() + bytes <= sizeBytes && overheadBytes() < sizeBytes;
  }

  /**
   * Whether even the next chunk in order, which is taken at window 0, is too much. Who respects the
   * window sends no more beyond it than the rest of one message, in probes.
   */
  boolean isOverrunBy(int bytes) {
    return payloadBytes() + bytes > sizeBytes + maxMessageBytes || overheadBytes() >= 2 * sizeBytes;
  }

  /** Whether what the user cannot consume fills the window: then it will never open again. */
  boolean isStuck() {
    return storedBytes > sizeBytes || storedChunks * OVERHEAD_BYTES > sizeBytes;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  long storedBytes() {
    return storedBytes;
  }

  private long payloadBytes() {
    return storedBytes + deliveredBytes;
  }

  private long overheadBytes() {
    return storedChunks * OVERHEAD_BYTES + deliveredOverheadBytes;
  }
}
