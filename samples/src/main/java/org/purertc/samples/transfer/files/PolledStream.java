package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.ByteSource;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.TransferException;

/** A stream that may block, read ahead by a thread of its own so that the reader never does. */
final class PolledStream implements ByteSource {
  private static final int PIECE_BYTES = 64 << 10;

  /** Pieces that wait: 4 MiB. */
  private static final int MAX_PIECES = 64;

  /** What the thread found: bytes, or the end with or without a reason. */
  private record Piece(byte[] bytes, boolean last, @Nullable IOException failure) {}

  private final InputStream in;
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(MAX_PIECES);
  private final Thread thread = new Thread(this::readAhead, "purertc-standard-input");
  private @Nullable Piece current;
  private int position;

  private PolledStream(InputStream in) {
    this.in = in;
  }

  static PolledStream start(InputStream in) {
    PolledStream stream = new PolledStream(in);
    // A read of standard input cannot be interrupted; it must not keep the program alive.
    stream.thread.setDaemon(true);
    stream.thread.start();
    return stream;
  }

  private void readAhead() {
    byte[] buffer = new byte[PIECE_BYTES];
    try {
      int read = in.read(buffer);
      while (read >= 0) {
        pieces.put(new Piece(Arrays.copyOf(buffer, read), false, null));
        read = in.read(buffer);
      }
      pieces.put(new Piece(new byte[0], true, null));
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      // The transfer is over: nobody reads on.
      pieces.clear();
    }
  }

  private void fail(IOException e) {
    try {
      pieces.put(new Piece(new byte[0], true, e));
    } catch (InterruptedException interrupted) {
      pieces.clear();
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = 0;
    while (read < length && hasCurrent()) {
      Piece piece = Objects.requireNonNull(current);
      if (piece.last) {
        break;
      }
      int count = Math.min(length - read, piece.bytes.length - position);
      System.arraycopy(piece.bytes, position, buffer, offset + read, count);
      position += count;
      read += count;
    }
    return read == 0 && current != null && current.last ? end(current) : read;
  }

  /** Whether a piece with something left, or the end, is here. */
  private boolean hasCurrent() {
    Piece piece = current;
    if (piece == null || (!piece.last && position == piece.bytes.length)) {
      current = pieces.poll();
      position = 0;
    }
    return current != null;
  }

  private static int end(Piece last) throws TransferException {
    if (last.failure != null) {
      throw FileReason.failure(FailureCode.SOURCE, "cannot read standard input", last.failure);
    }
    return -1;
  }

  @Override
  public void rewind(long to) throws IOException {
    throw new IOException("a stream is read once");
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
