package org.purertc.samples.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;

class SignalingFormatTest {

  @Test
  void writesADescription() {
    var message =
        new SignalingMessage.Description(new RTCSessionDescription(RTCSdpType.OFFER, "v=0\r\n"));
    assertThat(SignalingFormat.write(message))
        .isEqualTo("{\"type\":\"description\",\"sdpType\":\"offer\",\"sdp\":\"v=0\\r\\n\"}");
  }

  @Test
  void writesACandidate() {
    var message = new SignalingMessage.Candidate(new RTCIceCandidate("candidate:1", "0", 0));
    assertThat(SignalingFormat.write(message))
        .isEqualTo(
            "{\"type\":\"candidate\",\"candidate\":\"candidate:1\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}");
  }

  @Test
  void readsWhatItWrites() throws Exception {
    for (SignalingMessage message :
        new SignalingMessage[] {
          new SignalingMessage.Description(new RTCSessionDescription(RTCSdpType.ANSWER, "x")),
          new SignalingMessage.Candidate(new RTCIceCandidate("", null, null, "uf")),
          new SignalingMessage.Failure("why")
        }) {
      assertThat(SignalingFormat.read(SignalingFormat.write(message))).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "3",
        "{}",
        "{\"type\":\"description\",\"sdpType\":\"offer\"}",
        "{\"type\":\"description\",\"sdpType\":\"bid\",\"sdp\":\"\"}",
        "{\"type\":\"candidate\"}",
        "{\"type\":\"candidate\",\"candidate\":{}}",
        "{\"type\":\"other\"}"
      })
  void refusesEverythingElse(String line) {
    assertThatThrownBy(() -> SignalingFormat.read(line)).isInstanceOf(SignalingException.class);
  }
}
