package org.purertc.samples.transfer;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.purertc.samples.transfer.TransferMessage.Begin;

/** Which files a receiver still expects, in which order and from where. */
final class Agenda {
  private final Manifest manifest;
  private final BitSet skipped = new BitSet();
  private final Map<Integer, Plan.Blocks> blocks = new HashMap<>();
  private int next;
  private long alreadyBytes;

  Agenda(Manifest manifest, Plan plan) {
    this.manifest = manifest;
    for (int skip : plan.skips()) {
      skipped.set(skip);
      alreadyBytes += manifest.entries().get(skip).bytes();
    }
    for (Plan.Blocks have : plan.haves()) {
      blocks.put(have.file(), have);
      alreadyBytes += have.bytes();
    }
    settle();
  }

  private void settle() {
    while (next < manifest.entries().size()
        && (!manifest.entries().get(next).isFile() || skipped.get(next))) {
      next++;
    }
  }

  boolean isEmpty() {
    return next == manifest.entries().size();
  }

  /** Bytes that need not come, as far as it is known now. */
  long alreadyBytes() {
    return alreadyBytes;
  }

  /** The sender begins a file: it has to be the next one, from the end of one of our blocks. */
  Entry begin(Begin it) throws TransferException {
    Plan.Blocks have = blocks.remove(it.file());
    boolean aligned =
        it.from() == 0
            || (have != null && it.from() <= have.bytes() && it.from() % have.block() == 0);
    if (isEmpty() || it.file() != next || !aligned) {
      throw new TransferException(
          FailureCode.PROTOCOL,
          "the sender begins a file that is not expected, or at a wrong place");
    }
    alreadyBytes += it.from() - (have == null ? 0 : have.bytes());
    next++;
    settle();
    return manifest.entries().get(it.file());
  }
}
