package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.SendEnd.ms;

import org.junit.jupiter.api.Test;
import org.purertc.internal.util.Timer;

class KeyFrameRequestsTest {
  private final KeyFrameRequests requests = new KeyFrameRequests();

  @Test
  void asksAtOnceAndThenEach200MsUntilTheKeyFrameHasCome() {
    assertThat(requests.takeDue(0)).isFalse();
    requests.request();
    assertThat(requests.nextDeadlineNs()).isLessThanOrEqualTo(0);
    assertThat(requests.takeDue(0)).isTrue();
    assertThat(requests.takeDue(ms(199))).isFalse();
    assertThat(requests.nextDeadlineNs()).isEqualTo(ms(200));
    assertThat(requests.takeDue(ms(200))).isTrue();
    requests.satisfy();
    assertThat(requests.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    assertThat(requests.takeDue(ms(1_000))).isFalse();
  }

  @Test
  void asksLessOftenOnALongPath() {
    requests.setRoundTrip(ms(400));
    requests.request();
    assertThat(requests.takeDue(0)).isTrue();
    assertThat(requests.takeDue(ms(599))).isFalse();
    assertThat(requests.takeDue(ms(600))).isTrue();
  }

  @Test
  void aNewNeedDoesNotOvertakeTheInterval() {
    requests.request();
    requests.takeDue(0);
    requests.satisfy();
    requests.request();
    assertThat(requests.takeDue(ms(100))).isFalse();
    assertThat(requests.takeDue(ms(200))).isTrue();
  }
}
