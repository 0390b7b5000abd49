package org.purertc.samples.transfer;

import java.io.IOException;

/** Where a receiver's bytes go. */
public interface FileTarget {

  /**
   * The first call.
   *
   * @throws IOException when the file is refused; its message tells the sender why
   */
  void begin(String name, long bytes) throws IOException;

  void write(byte[] bytes) throws IOException;

  /** All bytes came and their hash is right: the file may appear. */
  void commit() throws IOException;

  /** Nothing of the file may stay. May be called at any time, also twice. */
  void discard();

  /** Counts and forgets. */
  static FileTarget discarding(long maxBytes) {
    return new FileTarget() {
      @Override
      public void begin(String name, long bytes) throws TransferException {
        if (bytes > maxBytes) {
          throw new TransferException("at most " + (maxBytes >> 20) + " MiB are taken here");
        }
      }

      @Override
      public void write(byte[] bytes) {}

      @Override
      public void commit() {}

      @Override
      public void discard() {}
    };
  }
}
