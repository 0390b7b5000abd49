package org.purertc.samples.transfer;

import java.io.IOException;
import java.util.Arrays;

/** Finds how many of the blocks that a receiver has are the source's, a step at a time. */
final class BlockComparison {
  private final Plan.Blocks blocks;
  private final ByteSource source;
  private final byte[] buffer;
  private final ContentHash blockHash;

  /** Of all blocks that are equal, and of those with the current one so far. */
  private ContentHash equal;

  private ContentHash hash;
  private int equalBlocks;
  private long blockBytes;

  /** Lends {@code buffer}; {@code empty} has seen nothing. */
  BlockComparison(Plan.Blocks blocks, ByteSource source, byte[] buffer, ContentHash empty) {
    this.blocks = blocks;
    this.source = source;
    this.buffer = buffer;
    this.blockHash = empty.copy();
    this.equal = empty;
    this.hash = empty.copy();
  }

  /** Reads on; true when it is clear where the bytes have to start. */
  boolean step() throws IOException {
    if (equalBlocks == blocks.count()) {
      return true;
    }
    int read = source.read(buffer, 0, (int) Math.min(buffer.length, blocks.block() - blockBytes));
    if (read < 0) {
      throw new TransferException(FailureCode.SOURCE, "a file became shorter while it was sent");
    }
    blockHash.update(buffer, 0, read);
    hash.update(buffer, 0, read);
    blockBytes += read;
    return blockBytes == blocks.block() && endBlock();
  }

  private boolean endBlock() throws IOException {
    int at = equalBlocks * ContentHash.BYTES;
    byte[] ours = blockHash.finish();
    if (!Arrays.equals(ours, 0, ours.length, blocks.hashes(), at, at + ContentHash.BYTES)) {
      source.rewind(from());
      return true;
    }
    equalBlocks++;
    equal = hash.copy();
    blockBytes = 0;
    return equalBlocks == blocks.count();
  }

  /** Where the bytes have to start. */
  long from() {
    return equalBlocks * blocks.block();
  }

  /** Of the bytes before {@link #from}. */
  ContentHash hash() {
    return equal;
  }
}
