package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SourceLimitTest {

  private final SourceLimit limit = new SourceLimit(99);

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }

  private int allowed(String source, int tries, long nowNs) throws UnknownHostException {
    int count = 0;
    for (int i = 0; i < tries; i++) {
      count += limit.allows(address(source), nowNs) ? 1 : 0;
    }
    return count;
  }

  @Test
  void aSourceHasABurstAndThenASteadyRate() throws Exception {
    assertThat(allowed("192.0.2.1", 100, 0)).isEqualTo(SourceLimit.BURST);
    assertThat(allowed("192.0.2.1", 100, 3 * SourceLimit.INTERVAL_NS)).isEqualTo(3);
  }

  @Test
  void sourcesAreApart() throws Exception {
    allowed("192.0.2.1", 100, 0);
    assertThat(allowed("192.0.2.2", 100, 0)).isEqualTo(SourceLimit.BURST);
  }

  @Test
  void anIpv6NetworkIsOneSource() throws Exception {
    assertThat(allowed("2001:db8::1", 100, 0)).isEqualTo(SourceLimit.BURST);
    assertThat(allowed("2001:db8::ffff:1", 100, 0)).isZero();
    assertThat(allowed("2001:db8:0:1::1", 100, 0)).isEqualTo(SourceLimit.BURST);
  }
}
