package org.purertc.samples.transfer;

import java.io.InputStream;
import java.util.SplittableRandom;

/** Bytes that look random and are the same each time: nothing is stored. */
public record SeededFile(String name, long bytes, long seed) implements FileSource {

  @Override
  public InputStream open() {
    SplittableRandom random = new SplittableRandom(seed);
    return new InputStream() {
      private long left = bytes;

      @Override
      public int read() {
        if (left == 0) {
          return -1;
        }
        left--;
        return random.nextInt(256);
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        if (left == 0) {
          return -1;
        }
        int n = (int) Math.min(left, length);
        for (int i = 0; i < n; i += Long.BYTES) {
          long word = random.nextLong();
          for (int j = i; j < Math.min(i + Long.BYTES, n); j++) {
            buffer[offset + j] = (byte) word;
            word >>>= Byte.SIZE;
          }
        }
        left -= n;
        return n;
      }
    };
  }
}
