package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.SctpPair.ms;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 9260 section 6: messages over a network of which the test knows what it loses. */
class DataTransferTest {

  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void carriesAMessageOf256KiB() {
    SctpPair pair = SctpPair.connected();
    byte[] message = bytes(256 << 10, 1);
    pair.send(pair.a, 3, message);
    pair.runUntilIdle(ms(10_000));
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.b.received.get(0).bytes()).isEqualTo(message);
    assertThat(pair.b.received.get(0).streamId()).isEqualTo(3);
    assertThat(pair.a.sentBytes).isEqualTo(message.length);
  }

  @Test
  void sendsALostChunkAgainWhenT3Expires() {
    SctpPair pair = SctpPair.connected();
    int[] lost = {0};
    pair.network.dropping(p -> !p.toA() && SctpEnd.hasData(p.bytes()) && lost[0]++ == 0);
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(399));
    assertThat(pair.b.received).isEmpty();
    pair.runFor(ms(20));
    assertThat(pair.b.received).hasSize(1);
  }
}
