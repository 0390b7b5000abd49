package org.purertc.samples.transfer;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.TransferMessage.Have;
import org.purertc.samples.transfer.TransferMessage.Skip;

/** What a receiver says it has, checked: a hostile one costs a bounded memory only. */
final class BlockLists {
  /** In all files: 256 GiB in blocks of 1 MiB, 8 MiB of memory. */
  static final int MAX_HASHES = 1 << 18;

  /** Of several; a file that is one block may have any size. */
  static final long MIN_BLOCK_BYTES = 64 << 10;

  private record Growing(long block, ByteArrayOutputStream hashes) {}

  private final Manifest manifest;
  private final Map<Integer, Growing> lists = new HashMap<>();
  private final BitSet skipped = new BitSet();
  private int hashes;

  BlockLists(Manifest manifest) {
    this.manifest = manifest;
  }

  void add(Have have) throws TransferException {
    Entry entry = file(have.file());
    hashes += have.hashes().length / ContentHash.BYTES;
    Growing list =
        lists.computeIfAbsent(
            have.file(), file -> new Growing(have.block(), new ByteArrayOutputStream()));
    list.hashes.writeBytes(have.hashes());
    long count = list.hashes.size() / ContentHash.BYTES;
    if (skipped.get(have.file())
        || have.block() != list.block
        || have.block() == 0
        || hashes > MAX_HASHES) {
      throw lie();
    }
    if (count > entry.bytes() / list.block || (count > 1 && list.block < MIN_BLOCK_BYTES)) {
      throw lie();
    }
  }

  void add(Skip skip) throws TransferException {
    for (int file : skip.files()) {
      file(file);
      if (skipped.get(file) || lists.containsKey(file)) {
        throw lie();
      }
      skipped.set(file);
    }
  }

  private Entry file(int index) throws TransferException {
    if (index >= manifest.entries().size()) {
      throw lie();
    }
    Entry entry = manifest.entries().get(index);
    if (!entry.isFile() || entry.isStream()) {
      throw lie();
    }
    return entry;
  }

  private static TransferException lie() {
    return new TransferException(
        FailureCode.PROTOCOL, "the receiver says that it has what was not offered");
  }

  boolean skips(int file) {
    return skipped.get(file);
  }

  /** The leading blocks of a file, or null; forgets them. */
  Plan.@Nullable Blocks take(int file) {
    Growing list = lists.remove(file);
    return list == null ? null : new Plan.Blocks(file, list.block, list.hashes.toByteArray());
  }

  /** Bytes that need not be sent when all blocks are right. */
  long bytes() {
    long bytes = 0;
    for (Growing list : lists.values()) {
      bytes += list.block * (list.hashes.size() / ContentHash.BYTES);
    }
    return bytes + skipped.stream().mapToLong(file -> manifest.entries().get(file).bytes()).sum();
  }
}
