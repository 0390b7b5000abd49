package org.purertc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hellos as browsers send them: in pieces, again and again, before anyone is ready. */
class DtlsEarlyTest {

  private static final DtlsTransports TRANSPORTS =
      new DtlsTransports(DtlsCertificate.generate(), null);

  private final DtlsPair pair = new DtlsPair(new TestLoop(), TRANSPORTS, TRANSPORTS);
  private final List<byte[]> toServer = new ArrayList<>();

  @AfterAll
  static void close() {
    TRANSPORTS.close();
  }

  @Test
  void aHelloBeforeStartIsKept() {
    pair.exchangeFingerprints();
    pair.client.start(DtlsRole.CLIENT);
    pair.loop.runUntil(() -> pair.client.datagramsSent >= 1, pair::toString);
    pair.loop.runReady();
    pair.server.start(DtlsRole.SERVER);
    pair.awaitConnected();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHelloInTwoDatagramsIsPutTogetherInAnyOrder(boolean reversed) {
    pair.exchangeFingerprints();
    pair.client.wire((buffer, offset, length) -> splitHello(buffer, offset, length, reversed));
    pair.start();
    pair.awaitConnected();
    pair.client.send(new byte[] {7});
    pair.loop.runReady();
    assertThat(pair.server.received).containsExactly(new byte[] {7});
  }

  @Test
  void fragmentsBeforeStartAndRepeatedAreKeptToo() {
    pair.exchangeFingerprints();
    pair.client.wire(
        (buffer, offset, length) -> {
          splitHello(buffer, offset, length, true);
          splitHello(buffer, offset, length, false);
        });
    pair.client.start(DtlsRole.CLIENT);
    pair.loop.runUntil(() -> pair.client.datagramsSent >= 2, pair::toString);
    pair.loop.runReady();
    pair.server.start(DtlsRole.SERVER);
    pair.awaitConnected();
  }

  @Test
  void whatComesBeforeStartIsBounded() {
    pair.client.wire((buffer, offset, length) -> toServer.add(copy(buffer, offset, length)));
    pair.exchangeFingerprints();
    pair.client.start(DtlsRole.CLIENT);
    pair.loop.runUntil(() -> !toServer.isEmpty(), pair::toString);
    byte[] hello = toServer.get(0);
    byte[] junk = hello.clone();
    junk[13] = 99; // no such handshake message
    pair.server.receive(hello);
    for (int i = 0; i < 100_000; i++) {
      pair.server.receive(junk);
    }
    pair.client.wire(pair.deliverTo(pair.server));
    pair.server.start(DtlsRole.SERVER);
    pair.awaitConnected();
  }

  @Test
  void aServerNeedsNoThreadUntilTheHelloComes() {
    long before = handshakeThreads();
    pair.server.start(DtlsRole.SERVER);
    assertThat(handshakeThreads()).isEqualTo(before);
    assertThat(pair.server.transport.state()).isEqualTo(DtlsState.CONNECTING);
    pair.server.transport.close();
  }

  private static long handshakeThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("purertc-dtls"))
        .count();
  }

  /**
   * Cuts a hello in two records, each in its datagram. Records are renumbered, so that the numbers
   * stay unique.
   */
  private void splitHello(byte[] buffer, int offset, int length, boolean reversed) {
    byte[] datagram = copy(buffer, offset, length);
    if (datagram[4] == 0) {
      datagram[10] *= 2;
    }
    boolean hello = datagram[0] == 22 && datagram[4] == 0 && datagram[13] == 1;
    List<byte[]> parts = hello ? cut(datagram) : List.of(renumbered(datagram));
    for (int i = 0; i < parts.size(); i++) {
      byte[] part = parts.get(reversed ? parts.size() - 1 - i : i);
      pair.loop.execute(() -> pair.server.receive(part));
    }
  }

  /** Doubles the sequence numbers of the plain records after the first. */
  private static byte[] renumbered(byte[] datagram) {
    int at = 13 + length(datagram, 0);
    while (at + 13 <= datagram.length) {
      if (datagram[at + 4] == 0) {
        datagram[at + 10] *= 2;
      }
      at += 13 + length(datagram, at);
    }
    return datagram;
  }

  private static int length(byte[] datagram, int at) {
    return (datagram[at + 11] & 0xFF) << 8 | datagram[at + 12] & 0xFF;
  }

  private static List<byte[]> cut(byte[] hello) {
    int body = hello.length - 25;
    int first = body / 2;
    return List.of(fragment(hello, 0, first), fragment(hello, first, body - first));
  }

  private static byte[] fragment(byte[] hello, int from, int length) {
    byte[] record = new byte[25 + length];
    System.arraycopy(hello, 0, record, 0, 25);
    System.arraycopy(hello, 25 + from, record, 25, length);
    record[10] += from == 0 ? 0 : 1;
    put(record, 11, 12 + length);
    put(record, 20, from);
    put(record, 23, length);
    return record;
  }

  private static void put(byte[] record, int at, int value) {
    record[at] = (byte) (value >> 8);
    record[at + 1] = (byte) value;
  }

  private static byte[] copy(byte[] buffer, int offset, int length) {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }
}
