package org.purertc.ice.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Loop.LoopTimer;

/** Virtual time keeps the promises of a loop. */
class SimLoopTest {

  private final SimLoop loop = new SimLoop();
  private final List<String> seen = new ArrayList<>();

  @Test
  void aTurnRunsEventsThenTasksThenDrains() {
    loop.at(
        5,
        () -> {
          loop.drainLater(nowNs -> seen.add("drain"));
          loop.execute(() -> seen.add("task"));
          seen.add("event");
        });
    loop.runUntil(10);
    assertThat(seen).containsExactly("event", "task", "drain");
    assertThat(loop.nowNs()).isEqualTo(10);
  }

  @Test
  void drainsOnceATurnHoweverOftenAsked() {
    var drain =
        new Object() {
          void drain(long nowNs) {
            seen.add("at " + nowNs);
          }
        };
    Loop.Drain asked = drain::drain;
    loop.at(1, () -> loop.drainLater(asked));
    loop.at(1, () -> loop.drainLater(asked));
    loop.at(2, () -> loop.drainLater(asked));
    loop.runUntil(5);
    assertThat(seen).containsExactly("at 1", "at 2");
  }

  @Test
  void aTimerFiresAtItsLastDeadlineOnly() {
    LoopTimer timer = loop.timer(nowNs -> seen.add("at " + nowNs));
    timer.set(10);
    timer.set(30);
    loop.runUntil(20);
    assertThat(seen).isEmpty();
    timer.set(25);
    assertThat(loop.timersSet()).isEqualTo(1);
    loop.runUntil(100);
    assertThat(seen).containsExactly("at 25");
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void aCancelledTimerIsSilentAndCanBeSetAgain() {
    LoopTimer timer = loop.timer(nowNs -> seen.add("at " + nowNs));
    timer.set(10);
    timer.cancel();
    loop.runUntil(5);
    timer.set(12);
    loop.runUntil(11);
    assertThat(seen).isEmpty();
    loop.runUntil(50);
    assertThat(seen).containsExactly("at 12");
  }

  @Test
  void aTimerMaySetItselfAgain() {
    LoopTimer[] timer = new LoopTimer[1];
    timer[0] =
        loop.timer(
            nowNs -> {
              seen.add("at " + nowNs);
              if (nowNs < 30) {
                timer[0].set(nowNs + 10);
              }
            });
    timer[0].set(10);
    loop.runUntil(100);
    assertThat(seen).containsExactly("at 10", "at 20", "at 30");
  }

  @Test
  void isInLoopOnlyDuringATurn() {
    loop.execute(() -> seen.add("inside " + loop.inLoop()));
    assertThat(loop.inLoop()).isFalse();
    loop.runUntil(0);
    assertThat(seen).containsExactly("inside true");
    assertThat(loop.inLoop()).isFalse();
  }
}
