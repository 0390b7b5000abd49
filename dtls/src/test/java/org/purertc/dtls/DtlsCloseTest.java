package org.purertc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DtlsCloseTest {

  private final DtlsTransports transports = new DtlsTransports(DtlsCertificate.generate(), null);
  private final DtlsPair pair = new DtlsPair(new TestLoop(), transports, transports);

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    transports.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("purertc-dtls")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @Test
  void closeNotifyTellsTheOther() {
    pair.connect();
    pair.client.transport.close();
    pair.loop.runReady();
    assertThat(pair.server.events).containsExactly("connected", "closed");
    assertThat(pair.server.transport.state()).isEqualTo(DtlsState.CLOSED);
    assertThat(pair.client.events).containsExactly("connected");
  }

  @Test
  void aServerClosesLikewise() {
    pair.connect();
    pair.server.transport.close();
    pair.loop.runReady();
    assertThat(pair.client.events).containsExactly("connected", "closed");
    assertThat(pair.server.events).containsExactly("connected");
  }

  @Test
  void afterCloseNothingIsSentOrDelivered() {
    pair.connect();
    pair.server.send(new byte[] {1});
    pair.client.transport.close();
    int sent = pair.client.datagramsSent;
    pair.client.send(new byte[] {2});
    pair.client.transport.close();
    pair.loop.runReady();
    assertThat(pair.client.datagramsSent).isEqualTo(sent);
    assertThat(pair.client.events).containsExactly("connected");
  }

  @Test
  void closeBeforeStartNeedsNoWord() {
    pair.client.transport.close();
    pair.client.start(DtlsRole.CLIENT);
    pair.loop.runReady();
    assertThat(pair.client.datagramsSent).isZero();
    assertThat(pair.client.transport.state()).isEqualTo(DtlsState.CLOSED);
  }

  @Test
  void aClientThatClosesInTheHandshakeTellsTheServer() {
    pair.exchangeFingerprints();
    pair.start();
    pair.loop.runUntil(() -> pair.server.datagramsSent > 0, pair::toString);
    pair.client.transport.close();
    int sent = pair.client.datagramsSent;
    pair.loop.runUntil(() -> pair.server.failure != null, pair::toString);
    pair.loop.runReady();
    assertThat(pair.server.failure).contains("closed");
    assertThat(pair.client.events).isEmpty();
    assertThat(pair.client.datagramsSent).isEqualTo(sent);
  }

  @Test
  void aServerThatClosesInTheHandshakeTellsTheClient() {
    pair.exchangeFingerprints();
    pair.start();
    pair.loop.runUntil(() -> pair.client.datagramsSent > 0, pair::toString);
    pair.server.transport.close();
    pair.loop.runUntil(() -> pair.client.failure != null, pair::toString);
    assertThat(pair.client.failure).contains("closed");
    assertThat(pair.server.events).isEmpty();
  }

  @Test
  void closeBeforeTheFingerprintsCameSendsCloseNotify() {
    pair.client.transport.setRemoteFingerprints(List.of(pair.serverFingerprint()));
    pair.start();
    pair.loop.runUntil(
        () -> pair.client.isConnected() && pair.server.handshakeEnded, pair::toString);
    pair.server.transport.close();
    pair.loop.runReady();
    assertThat(pair.client.events).containsExactly("connected", "closed");
    assertThat(pair.server.events).isEmpty();
  }

  @Test
  void closingTheFactoryEndsRunningHandshakesAsClosed() {
    pair.client.start(DtlsRole.CLIENT);
    pair.loop.runUntil(() -> pair.client.datagramsSent > 0, pair::toString);
    transports.close();
    pair.loop.runUntil(() -> !pair.client.events.isEmpty(), pair::toString);
    assertThat(pair.client.events).containsExactly("closed");
    assertThatIllegalStateException()
        .isThrownBy(() -> new DtlsEnd(transports, pair.loop))
        .withMessageContaining("closed");
  }

  @Test
  void startTwiceIsAMistakeOfTheCaller() {
    pair.client.start(DtlsRole.CLIENT);
    assertThatIllegalStateException()
        .isThrownBy(() -> pair.client.start(DtlsRole.CLIENT))
        .withMessageContaining("start()");
    pair.client.transport.close();
  }

  @Test
  void anUnansweredClientFailsAfterTheHandshakeLimit() {
    pair.client.wire((buffer, offset, length) -> {});
    pair.client.start(DtlsRole.CLIENT);
    pair.loop.runUntil(() -> pair.client.failure != null, pair::toString);
    assertThat(pair.client.failure).contains("10 s").contains("a=setup");
    assertThat(pair.client.datagramsSent).isGreaterThan(3);
  }
}
