package org.purertc.samples.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.purertc.samples.transfer.TransferMessage.Have;
import org.purertc.samples.transfer.TransferMessage.Skip;

/** A plan as messages that are not too long, made one at a time. */
final class PlanMessages implements Iterator<TransferMessage> {
  private static final int MAX_SKIPS = 1_000;
  private static final int MAX_HASH_BYTES = MessageReader.MAX_HASHES * ContentHash.BYTES;

  private final List<Integer> skips;
  private final Iterator<Plan.Blocks> haves;
  private int nextSkip;
  private Plan.Blocks blocks = new Plan.Blocks(0, 1, new byte[0]);
  private int nextHash;

  PlanMessages(Plan plan) {
    this.skips = plan.skips();
    this.haves = plan.haves().iterator();
  }

  @Override
  public boolean hasNext() {
    return nextSkip < skips.size() || nextHash < blocks.hashes().length || haves.hasNext();
  }

  @Override
  public TransferMessage next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the plan has no more messages");
    }
    if (nextSkip < skips.size()) {
      int end = Math.min(skips.size(), nextSkip + MAX_SKIPS);
      Skip skip = new Skip(new ArrayList<>(skips.subList(nextSkip, end)));
      nextSkip = end;
      return skip;
    }
    if (nextHash == blocks.hashes().length) {
      blocks = haves.next();
      nextHash = 0;
    }
    int end = Math.min(blocks.hashes().length, nextHash + MAX_HASH_BYTES);
    byte[] hashes = Arrays.copyOfRange(blocks.hashes(), nextHash, end);
    nextHash = end;
    return new Have(blocks.file(), blocks.block(), hashes);
  }
}
