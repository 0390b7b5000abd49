package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.ContentHash;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.Plan;

/** Part files of an earlier session, held from the plan until their file's turn comes. */
final class Leftovers implements AutoCloseable {
  private static final long BLOCK_BYTES = 1 << 20;

  /** Of one file; a longer part has longer blocks. */
  private static final int MAX_BLOCKS = 1 << 14;

  /** Usually there is one. Of more than so many, the rest is sent again. */
  private static final int MAX_HELD = 16;

  /** A part file, and the hash of its whole blocks. */
  record Held(PartFile part, long bytes, ContentHash hash) {}

  private final Map<Integer, Held> held = new HashMap<>();
  private final byte[] buffer = new byte[(int) BLOCK_BYTES];

  /** Holds the part file of an entry; null when there is nothing to go on from. */
  Plan.@Nullable Blocks hold(int index, Entry entry, Path path) throws IOException {
    if (entry.isStream() || held.size() == MAX_HELD) {
      return null;
    }
    var there = TargetPaths.existing(path);
    if (there == null || Math.min(there.size(), entry.bytes()) < BLOCK_BYTES) {
      return null;
    }
    PartFile part = PartFile.open(path);
    try {
      return hold(index, part, Math.min(part.bytes(), entry.bytes()));
    } catch (IOException e) {
      part.close();
      throw FileReason.failure(FailureCode.DISK, "cannot read " + path, e);
    }
  }

  private Plan.Blocks hold(int index, PartFile part, long bytes) throws IOException {
    long block = BLOCK_BYTES;
    while (bytes / block > MAX_BLOCKS) {
      block *= 2;
    }
    int count = (int) (bytes / block);
    byte[] hashes = new byte[count * ContentHash.BYTES];
    ContentHash whole = new ContentHash();
    ContentHash one = new ContentHash();
    for (int i = 0; i < count; i++) {
      part.hash(block, buffer, one, whole);
      System.arraycopy(one.finish(), 0, hashes, i * ContentHash.BYTES, ContentHash.BYTES);
    }
    held.put(index, new Held(part, count * block, whole));
    return new Plan.Blocks(index, block, hashes);
  }

  /** Gives a held part file away, or null. */
  @Nullable Held take(int index) {
    return held.remove(index);
  }

  @Override
  public void close() {
    held.values().forEach(each -> each.part.close());
    held.clear();
  }
}
