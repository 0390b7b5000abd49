package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purertc.internal.util.Timer;

class AudioReorderBufferTest {
  private static final long MS = 1_000_000;

  @Test
  void framesAreReleasedWhenTheyCome() {
    var run =
        AudioSimulation.forwarding(1)
            .send(100, (i, random) -> (long) (random.nextDouble() * 15 * MS))
            .finish();
    assertThat(run.heldNs).containsOnly(0L);
    assertThat(run.numbers()).isEqualTo(IntStream.range(0, 100).toArray());
  }

  @Test
  void aPacketThatComesALittleLateIsWaitedFor() {
    var run = AudioSimulation.forwarding(1).send(20, (i, random) -> i == 7 ? 45 * MS : 0).finish();
    assertThat(run.numbers()).isEqualTo(IntStream.range(0, 20).toArray());
    assertThat(run.gaps).isEmpty();
    assertThat(run.heldNs.get(8)).isEqualTo(25 * MS);
  }

  @Test
  void aLostPacketHoldsTheNextBackForThirtyMilliseconds() {
    var run = AudioSimulation.forwarding(1).send(20, (i, random) -> i == 7 ? -1 : 0).finish();
    assertThat(run.numbers()).hasSize(19);
    assertThat(run.gaps).hasSize(1);
    assertThat(run.gaps.get(0).sequence()).isEqualTo(65_007);
    assertThat(run.gaps.get(0).next().payload()).isEqualTo(run.frames.get(7).data());
    assertThat(run.heldNs.get(7)).isEqualTo(30 * MS);
    assertThat(run.buffer.counters().packetsLost()).isEqualTo(1);
    assertThat(run.buffer.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void whatComesTooLateIsDiscarded() {
    var run = AudioSimulation.forwarding(1).send(20, (i, random) -> i == 7 ? 90 * MS : 0).finish();
    assertThat(run.numbers()).hasSize(19).isSorted();
    assertThat(run.buffer.counters().packetsDiscarded()).isEqualTo(1);
  }

  @Test
  void aSenderThatBeginsAnewIsFollowed() {
    var run = AudioSimulation.forwarding(1).send(20, (i, random) -> 0);
    run.jump(-40_000, 1_000_000_000L).send(20, (i, random) -> 0).finish();
    assertThat(run.numbers()).hasSize(39).isSorted();
  }
}
