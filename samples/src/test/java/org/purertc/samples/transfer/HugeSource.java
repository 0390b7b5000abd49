package org.purertc.samples.transfer;

import java.util.List;

/** More bytes than anyone wants to hash in a test, all ones. */
record HugeSource(long bytes) implements TransferSource {

  @Override
  public Manifest scan() {
    return Manifest.of(List.of(Entry.file("huge", bytes, 0, false)));
  }

  @Override
  public ByteSource open(int index) {
    return new ByteSource() {
      private long position;

      @Override
      public int read(byte[] buffer, int offset, int length) {
        if (position == bytes) {
          return -1;
        }
        int count = (int) Math.min(length, bytes - position);
        buffer[offset] = 1;
        buffer[offset + count - 1] = 1;
        position += count;
        return count;
      }

      @Override
      public void rewind(long to) {
        position = to;
      }

      @Override
      public void close() {}
    };
  }
}
