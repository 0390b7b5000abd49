package org.purertc.samples.transfer;

import java.io.IOException;
import java.util.Arrays;

/** The bytes of the file that is sent now: read and hashed in large pieces, sent in small ones. */
final class OutgoingFile {
  /** Read and hashed in one go. */
  static final int BUFFER_BYTES = 1 << 20;

  /** A shorter run of zeros costs less as bytes than as a message. */
  private static final int MIN_ZEROS = 1_024;

  private static final byte[] NO_BYTES = new byte[TransferSender.CHUNK_BYTES];

  private final Entry entry;
  private final ByteSource source;
  private final ContentHash hash;
  private final byte[] buffer;
  private long position;
  private int next;
  private int end;

  /**
   * Lends {@code buffer}.
   *
   * @param hash of the bytes before {@code from}, which the source has passed
   */
  OutgoingFile(Entry entry, ByteSource source, long from, ContentHash hash, byte[] buffer) {
    this.entry = entry;
    this.source = source;
    this.position = from;
    this.hash = hash;
    this.buffer = buffer;
  }

  byte[] buffer() {
    return buffer;
  }

  /** Where in the buffer the next bytes are. */
  int next() {
    return next;
  }

  /** How many bytes the buffer has; 0 when none is there yet, -1 at the end. */
  int available() throws IOException {
    return next < end ? end - next : read();
  }

  private int read() throws IOException {
    long left = entry.isStream() ? buffer.length : entry.bytes() - position;
    if (left == 0) {
      return -1;
    }
    int read = source.read(buffer, 0, (int) Math.min(left, buffer.length));
    if (read < 0) {
      if (entry.isStream()) {
        return -1;
      }
      throw new TransferException(
          FailureCode.SOURCE, entry.path() + " became shorter while it was sent");
    }
    hash.update(buffer, 0, read);
    position += read;
    next = 0;
    end = read;
    return read;
  }

  /** How many of the next bytes, {@code most} at most, are a run of zeros worth a message. */
  int zeros(int most) {
    int last = next + Math.min(most, end - next);
    int to = next;
    while (to < last) {
      int length = Math.min(NO_BYTES.length, last - to);
      if (Arrays.mismatch(buffer, to, to + length, NO_BYTES, 0, length) >= 0) {
        break;
      }
      to += length;
    }
    return to - next < MIN_ZEROS ? 0 : to - next;
  }

  /** So many bytes of the buffer are sent. */
  void advance(int bytes) {
    next += bytes;
  }

  /** The hash of the whole file; the last call. */
  String end() throws IOException {
    source.checkUnchanged();
    return hash.hex();
  }
}
