package org.purertc.samples.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A source in memory. */
final class MemoryTree implements TransferSource {
  final Map<Entry, byte[]> content = new LinkedHashMap<>();
  List<Integer> opened = new ArrayList<>();

  /** What a read finds at the end, instead of the end. */
  IOException failure;

  boolean changed;

  MemoryTree file(String path, byte[] bytes) {
    content.put(Entry.file(path, bytes.length, 1_700_000_000_000L, false), bytes);
    return this;
  }

  MemoryTree entry(Entry entry, byte... bytes) {
    content.put(entry, bytes);
    return this;
  }

  @Override
  public Manifest scan() {
    return Manifest.of(List.copyOf(content.keySet()));
  }

  @Override
  public ByteSource open(int index) {
    opened.add(index);
    byte[] bytes = List.copyOf(content.values()).get(index);
    return new ByteSource() {
      private int position;

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (position == bytes.length) {
          if (failure != null) {
            throw failure;
          }
          return -1;
        }
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, buffer, offset, count);
        position += count;
        return count;
      }

      @Override
      public void rewind(long to) {
        position = (int) to;
      }

      @Override
      public void checkUnchanged() throws TransferException {
        if (changed) {
          throw new TransferException(FailureCode.SOURCE, "changed while it was sent");
        }
      }

      @Override
      public void close() {}
    };
  }
}
