package org.purertc.internal.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TsnBitsTest {

  @Test
  void agreesWithABitSetWhereverTheWindowIs() {
    Random random = new Random(3);
    for (long base : new long[] {0, 63, 1000, 0xffff_fff0L, 0x1_0000_0001L}) {
      TsnBits bits = new TsnBits(256);
      BitSet model = new BitSet();
      for (int i = 0; i < 2000; i++) {
        int at = random.nextInt(256);
        if (random.nextBoolean()) {
          bits.set(base + at);
          model.set(at);
        } else {
          bits.clear(base + at);
          model.clear(at);
        }
        int from = random.nextInt(256);
        int end = from + random.nextInt(257 - from);
        int set = model.nextSetBit(from);
        int expectedSet = set < 0 ? end : Math.min(set, end);
        assertThat(bits.get(base + at)).isEqualTo(model.get(at));
        assertThat(bits.nextSet(base + from, base + end)).isEqualTo(base + expectedSet);
        assertThat(bits.nextClear(base + from, base + end))
            .isEqualTo(base + Math.min(model.nextClearBit(from), end));
      }
    }
  }
}
