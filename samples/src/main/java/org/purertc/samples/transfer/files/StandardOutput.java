package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.io.OutputStream;
import org.purertc.samples.transfer.ContentHash;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.Plan;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferTarget;

/** The one file of a transfer as a stream: what is written cannot be taken back. */
public final class StandardOutput implements TransferTarget {
  private static final byte[] ZEROS = new byte[64 << 10];

  private final OutputStream out;

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
    return Plan.EVERYTHING;
  }

  @Override
  public ContentHash begin(int index, long from) {
    return new ContentHash();
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
