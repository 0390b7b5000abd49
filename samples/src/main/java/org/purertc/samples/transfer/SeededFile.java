package org.purertc.samples.transfer;

import java.util.List;
import java.util.SplittableRandom;

/** One file whose bytes look random and are the same each time: nothing is stored. */
public record SeededFile(String name, long bytes, long seed) implements TransferSource {

  @Override
  public Manifest scan() {
    return Manifest.of(List.of(Entry.file(name, bytes, 0, false)));
  }

  @Override
  public ByteSource open(int index) {
    return new Content();
  }

  private final class Content implements ByteSource {
    private SplittableRandom random = new SplittableRandom(seed);
    private long position;
    private long word;

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (position == bytes) {
        return -1;
      }
      int count = (int) Math.min(bytes - position, length);
      for (int i = 0; i < count; i++) {
        buffer[offset + i] = next();
      }
      return count;
    }

    private byte next() {
      if (position++ % Long.BYTES == 0) {
        word = random.nextLong();
      } else {
        word >>>= Byte.SIZE;
      }
      return (byte) word;
    }

    @Override
    public void rewind(long to) {
      random = new SplittableRandom(seed);
      position = 0;
      while (position < to) {
        next();
      }
    }

    @Override
    public void close() {}
  }
}
