package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.purertc.samples.transfer.ContentHash;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.Plan;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferTarget;

/**
 * The one file of a transfer as a stream. What is written cannot be taken back, so an object serves
 * all sessions: the next one goes on behind what is written.
 */
public final class StandardOutput implements TransferTarget {
  private static final byte[] ZEROS = new byte[64 << 10];

  private final OutputStream out;
  private final ContentHash written = new ContentHash();
  private long writtenBytes;

  /** To a stream that reports errors: {@link System#out} swallows them, its descriptor does not. */
  public StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public Plan plan(Manifest manifest) throws TransferException {
    if (manifest.entries().size() != 1 || manifest.files() != 1) {
      throw new TransferException(
          FailureCode.OTHER, "only a single file can go to standard output");
    }
    return writtenBytes == 0
        ? Plan.EVERYTHING
        : new Plan(List.of(), List.of(new Plan.Blocks(0, writtenBytes, written.copy().finish())));
  }

  @Override
  public ContentHash begin(int index, long from) throws TransferException {
    if (from != writtenBytes) {
      throw new TransferException(
          FailureCode.SOURCE, "the file is another one than before the connection was lost");
    }
    return written.copy();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    write(bytes, bytes.length);
  }

  @Override
  public void zeros(long bytes) throws IOException {
    for (long left = bytes; left > 0; left -= ZEROS.length) {
      write(ZEROS, (int) Math.min(left, ZEROS.length));
    }
  }

  private void write(byte[] bytes, int length) throws IOException {
    try {
      out.write(bytes, 0, length);
      written.update(bytes, 0, length);
      writtenBytes += length;
    } catch (IOException e) {
      throw FileReason.failure(FailureCode.DISK, "cannot write to standard output", e);
    }
  }

  @Override
  public void commit() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw FileReason.failure(FailureCode.DISK, "cannot write to standard output", e);
    }
  }

  @Override
  public void finish() {}

  @Override
  public void discard() {}

  @Override
  public void close() {}
}
