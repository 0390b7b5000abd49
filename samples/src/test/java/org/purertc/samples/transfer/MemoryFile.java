package org.purertc.samples.transfer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** A source and a target in memory. */
final class MemoryFile {
  private MemoryFile() {}

  record Source(String name, byte[] content, long bytes) implements FileSource {
    Source(String name, byte[] content) {
      this(name, content, content.length);
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }
  }

  static final class Target implements FileTarget {
    final ByteArrayOutputStream content = new ByteArrayOutputStream();
    String name = "";
    boolean committed;
    boolean discarded;
    String refusal = "";

    @Override
    public void begin(String offered, long bytes) throws TransferException {
      if (!refusal.isEmpty()) {
        throw new TransferException(refusal);
      }
      name = offered;
    }

    @Override
    public void write(byte[] bytes) {
      content.writeBytes(bytes);
    }

    @Override
    public void commit() {
      committed = true;
    }

    @Override
    public void discard() {
      discarded = true;
    }
  }
}
