package org.purertc.internal.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 9260 section 6.3. */
class RetransmissionTimeoutTest {
  private static final long MS = 1_000_000;
  private final RetransmissionTimeout rto = new RetransmissionTimeout();

  @Test
  void startsWithOneSecond() {
    assertThat(rto.rtoNs()).isEqualTo(1000 * MS);
    assertThat(rto.smoothedNs()).isEqualTo(-1);
  }

  @Test
  void clampsTheFirstValueThatIceGave() {
    rto.initialRoundTrip(10 * MS);
    assertThat(rto.rtoNs()).isEqualTo(200 * MS);
    rto.initialRoundTrip(100 * MS);
    assertThat(rto.rtoNs()).isEqualTo(300 * MS);
    rto.initialRoundTrip(5000 * MS);
    assertThat(rto.rtoNs()).isEqualTo(1000 * MS);
  }

  @Test
  void takesThreeTimesTheFirstMeasurement() {
    rto.onMeasured(300 * MS);
    assertThat(rto.smoothedNs()).isEqualTo(300 * MS);
    assertThat(rto.rtoNs()).isEqualTo(900 * MS);
  }

  @Test
  void smoothesTheNextOnes() {
    rto.onMeasured(800 * MS);
    rto.onMeasured(1600 * MS);
    // SRTT = 800 + 800 / 8, RTTVAR = 400 + (800 - 400) / 4.
    assertThat(rto.smoothedNs()).isEqualTo(900 * MS);
    assertThat(rto.rtoNs()).isEqualTo((900 + 4 * 500) * MS);
  }

  @Test
  void staysAboveTheMinimumAndBelowTheMaximum() {
    rto.onMeasured(MS);
    assertThat(rto.rtoNs()).isEqualTo(400 * MS);
    for (int i = 0; i < 20; i++) {
      rto.backOff();
    }
    assertThat(rto.rtoNs()).isEqualTo(60_000 * MS);
  }

  @Test
  void aMeasurementEndsTheBackOff() {
    rto.onMeasured(100 * MS);
    rto.backOff();
    rto.backOff();
    assertThat(rto.rtoNs()).isEqualTo(1600 * MS);
    rto.onMeasured(100 * MS);
    assertThat(rto.rtoNs()).isEqualTo(400 * MS);
  }
}
