package org.purertc.internal.sctp.rx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.packet.DataChunk;

/**
 * Consecutive fragments of one message, RFC 9260 section 6.9: their TSNs follow each other, so that
 * neighbours join without a search.
 */
final class Fragments {
  final int streamId;
  final boolean unordered;
  final int streamSequence;
  private final long ppid;
  private Piece tail;
  private final Piece head;
  private long firstTsn;
  private long lastTsn;
  private int bytes;
  private int count = 1;
  private boolean hasBeginning;
  private boolean hasEnding;

  private static final class Piece {
    final byte[] payload;
    @Nullable Piece next;

    Piece(byte[] payload) {
      this.payload = payload;
    }
  }

  Fragments(DataChunk chunk, long tsn) {
    streamId = chunk.streamId();
    unordered = chunk.unordered();
    streamSequence = chunk.streamSequence();
    ppid = chunk.ppid();
    firstTsn = tsn;
    lastTsn = tsn;
    hasBeginning = chunk.beginning();
    hasEnding = chunk.ending();
    head = new Piece(payloadOf(chunk));
    tail = head;
    bytes = chunk.payloadLength();
  }

  static byte[] payloadOf(DataChunk chunk) {
    int end = chunk.offset() + chunk.payloadLength();
    return Arrays.copyOfRange(chunk.buffer(), chunk.offset(), end);
  }

  long firstTsn() {
    return firstTsn;
  }

  long lastTsn() {
    return lastTsn;
  }

  int bytes() {
    return bytes;
  }

  int count() {
    return count;
  }

  boolean isWhole() {
    return hasBeginning && hasEnding;
  }

  /** Whether this chunk continues the message. */
  boolean isContinuedBy(DataChunk chunk, long tsn) {
    return tsn == lastTsn + 1 && !hasEnding && !chunk.beginning() && isOfSameMessage(chunk);
  }

  /** Whether the other ones continue the message. */
  boolean isContinuedBy(Fragments other) {
    return other.firstTsn == lastTsn + 1
        && !hasEnding
        && !other.hasBeginning
        && streamId == other.streamId
        && unordered == other.unordered
        && (unordered || streamSequence == other.streamSequence);
  }

  private boolean isOfSameMessage(DataChunk chunk) {
    return streamId == chunk.streamId()
        && unordered == chunk.unordered()
        && (unordered || streamSequence == chunk.streamSequence());
  }

  void append(DataChunk chunk) {
    append(new Piece(payloadOf(chunk)));
    bytes += chunk.payloadLength();
    lastTsn++;
    count++;
    hasEnding = chunk.ending();
  }

  void append(Fragments other) {
    append(other.head);
    tail = other.tail;
    bytes += other.bytes;
    lastTsn = other.lastTsn;
    count += other.count;
    hasEnding = other.hasEnding;
  }

  private void append(Piece piece) {
    tail.next = piece;
    tail = piece;
  }

  /** The message, when it is whole. */
  Message toMessage() {
    byte[] payload = new byte[bytes];
    int position = 0;
    for (Piece piece = head; piece != null; piece = piece.next) {
      System.arraycopy(piece.payload, 0, payload, position, piece.payload.length);
      position += piece.payload.length;
    }
    return new Message(streamId, unordered, streamSequence, ppid, payload, lastTsn);
  }
}
