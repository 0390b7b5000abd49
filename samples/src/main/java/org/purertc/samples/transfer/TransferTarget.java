package org.purertc.samples.transfer;

import java.io.IOException;

/**
 * Where a receiver's entries and bytes go; an object serves one session. The manifest is checked
 * before it comes here: relative paths without {@code ..}, none twice, nothing below a link.
 */
public interface TransferTarget {

  /**
   * The first call: what is here already.
   *
   * @throws TransferException when something is refused; its message tells the sender why
   */
  Plan plan(Manifest manifest) throws IOException;

  /**
   * The bytes of this file from this offset follow; those before it stay.
   *
   * @return the hash of the bytes that stay, for the ones that follow to be added
   */
  ContentHash begin(int index, long from) throws IOException;

  void write(byte[] bytes) throws IOException;

  /** So many zero bytes come next. */
  void zeros(long bytes) throws IOException;

  /** All bytes of the file came and their hash is right: it may appear. */
  void commit() throws IOException;

  /** All files are there: directories, links and times, whatever the manifest has besides files. */
  void finish() throws IOException;

  /** The begun file is wrong: nothing of it may stay. */
  void discard();

  /** The session is over, whatever came of it; what is begun stays for the next one. */
  void close();
}
