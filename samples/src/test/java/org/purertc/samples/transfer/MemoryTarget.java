package org.purertc.samples.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A target in memory; what is begun stays for the next session on the same maps. */
final class MemoryTarget implements TransferTarget {
  final int block;
  final Map<String, byte[]> files = new HashMap<>();

  /** What the files were offered as; a file that is not in here counts as complete. */
  final Map<String, Entry> offeredAs = new HashMap<>();

  final Map<String, byte[]> parts = new HashMap<>();
  final List<Entry> others = new ArrayList<>();
  boolean finished;
  boolean closed;
  long roomBytes = Long.MAX_VALUE;
  IOException refusal;
  private Manifest manifest = Manifest.of(List.of());
  private Entry entry;
  private ByteArrayOutputStream out = new ByteArrayOutputStream();

  MemoryTarget() {
    this(1 << 16);
  }

  MemoryTarget(int block) {
    this.block = block;
  }

  @Override
  public Plan plan(Manifest offered) throws IOException {
    if (refusal != null) {
      throw refusal;
    }
    closed = false;
    finished = false;
    others.clear();
    manifest = offered;
    List<Integer> skips = new ArrayList<>();
    List<Plan.Blocks> haves = new ArrayList<>();
    for (int i = 0; i < offered.entries().size(); i++) {
      Entry each = offered.entries().get(i);
      byte[] part = parts.getOrDefault(each.path(), new byte[0]);
      if (each.isFile()
          && files.containsKey(each.path())
          && offeredAs.getOrDefault(each.path(), each).equals(each)) {
        skips.add(i);
      } else if (each.isFile() && Math.min(part.length, each.bytes()) >= block) {
        haves.add(blocks(i, part, (int) Math.min(part.length, each.bytes()) / block));
      }
    }
    return new Plan(skips, haves);
  }

  private Plan.Blocks blocks(int index, byte[] part, int count) {
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      ContentHash hash = new ContentHash();
      hash.update(part, i * block, block);
      hashes.writeBytes(hash.finish());
    }
    return new Plan.Blocks(index, block, hashes.toByteArray());
  }

  @Override
  public ContentHash begin(int index, long from) {
    entry = manifest.entries().get(index);
    out = new ByteArrayOutputStream();
    out.writeBytes(Arrays.copyOf(parts.getOrDefault(entry.path(), new byte[0]), (int) from));
    ContentHash hash = new ContentHash();
    hash.update(out.toByteArray(), 0, (int) from);
    return hash;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (out.size() + bytes.length > roomBytes) {
      throw new IOException("No space left on device");
    }
    out.writeBytes(bytes);
  }

  @Override
  public void zeros(long bytes) throws IOException {
    write(new byte[(int) bytes]);
  }

  @Override
  public void commit() {
    files.put(entry.path(), out.toByteArray());
    offeredAs.put(entry.path(), entry);
    parts.remove(entry.path());
    entry = null;
  }

  @Override
  public void finish() {
    manifest.entries().stream().filter(it -> !it.isFile()).forEach(others::add);
    finished = true;
  }

  @Override
  public void discard() {
    parts.remove(entry.path());
    entry = null;
  }

  @Override
  public void close() {
    closed = true;
    if (entry != null) {
      parts.put(entry.path(), out.toByteArray());
      entry = null;
    }
  }
}
