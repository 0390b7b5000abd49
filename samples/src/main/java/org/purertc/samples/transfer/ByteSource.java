package org.purertc.samples.transfer;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of one file, from its begin. */
public interface ByteSource extends Closeable {

  /**
   * Reads the next bytes.
   *
   * @return how many, -1 at the end, 0 when none is there yet
   */
  int read(byte[] buffer, int offset, int length) throws IOException;

  /** Goes to a place before the current one: another try at a block that differs. */
  void rewind(long position) throws IOException;

  /**
   * Called after the last byte was read.
   *
   * @throws TransferException when the file is not the one that was scanned
   */
  default void checkUnchanged() throws IOException {}
}
