package org.purertc.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.dtls.DtlsState;
import org.purertc.ice.IceTransportState;

class ConnectionStateTest {

  @ParameterizedTest
  @CsvSource({
    "NEW, NEW, NEW",
    "CHECKING, NEW, CONNECTING",
    "CONNECTED, NEW, CONNECTING",
    "CONNECTED, CONNECTING, CONNECTING",
    "CONNECTED, CONNECTED, CONNECTED",
    "COMPLETED, CONNECTED, CONNECTED",
    "DISCONNECTED, CONNECTED, DISCONNECTED",
    "FAILED, CONNECTED, FAILED",
    "CONNECTED, FAILED, FAILED",
    "CONNECTED, CLOSED, FAILED"
  })
  void followsFromBothTransports(IceTransportState ice, DtlsState dtls, ConnectionState expected) {
    assertThat(ConnectionState.of(ice, dtls)).isEqualTo(expected);
  }
}
