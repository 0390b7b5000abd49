package org.purertc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records after the handshake, RFC 6347 section 4.1. */
class DtlsRecordsTest {

  private static final DtlsTransports TRANSPORTS =
      new DtlsTransports(DtlsCertificate.generate(), null);

  private final DtlsPair pair = new DtlsPair(new TestLoop(), TRANSPORTS, TRANSPORTS);
  private final List<byte[]> wire = new ArrayList<>();

  @AfterAll
  static void close() {
    TRANSPORTS.close();
  }

  @BeforeEach
  void connect() {
    pair.connect();
    pair.loop.runReady();
    pair.client.wire(
        (buffer, offset, length) -> wire.add(Arrays.copyOfRange(buffer, offset, offset + length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1200, 16_383, 16_384})
  void oneRecordCarriesUpTo16KiB(int bytes) {
    byte[] data = new byte[bytes];
    new Random(bytes).nextBytes(data);
    pair.client.send(data);
    assertThat(wire).hasSize(1);
    assertThat(wire.get(0)).hasSize(bytes + DtlsTransport.RECORD_OVERHEAD);
    pair.server.receive(wire.get(0));
    assertThat(pair.server.received).containsExactly(data);
  }

  @Test
  void moreThan16KiBAreAMistakeOfTheCaller() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pair.client.send(new byte[16_385]))
        .withMessageContaining("16384");
  }

  @Test
  void aRecordIsDeliveredOnce() {
    pair.client.send(new byte[] {1});
    pair.server.receive(wire.get(0));
    pair.server.receive(wire.get(0));
    assertThat(pair.server.received).hasSize(1);
  }

  @Test
  void recordsOutOfOrderAreAllDelivered() {
    for (byte i = 0; i < 10; i++) {
      pair.client.send(new byte[] {i});
    }
    for (int i = 9; i >= 0; i--) {
      pair.server.receive(wire.get(i));
    }
    assertThat(pair.server.received).hasSize(10);
  }

  @Test
  void severalRecordsOfOneDatagramAreDelivered() {
    pair.client.send(new byte[] {1});
    pair.client.send(new byte[] {2, 2});
    byte[] both = Arrays.copyOf(wire.get(0), wire.get(0).length + wire.get(1).length);
    System.arraycopy(wire.get(1), 0, both, wire.get(0).length, wire.get(1).length);
    pair.server.receive(both);
    assertThat(pair.server.received).containsExactly(new byte[] {1}, new byte[] {2, 2});
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void garbageAndForgeriesNeverHarm(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      wire.clear();
      byte[] data = new byte[1 + random.nextInt(200)];
      pair.client.send(data);
      byte[] forged = forge(wire.get(0), random);
      pair.server.receive(forged);
      assertThat(pair.server.events).as("seed %d round %d", seed, i).doesNotContain("failed");
    }
    pair.server.received.clear();
    wire.clear();
    pair.client.send(new byte[] {42});
    pair.server.receive(wire.get(0));
    assertThat(pair.server.received).as("seed %d", seed).containsExactly(new byte[] {42});
  }

  private static byte[] forge(byte[] record, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] noise = new byte[random.nextInt(100)];
        random.nextBytes(noise);
        return noise;
      }
      case 1 -> {
        return Arrays.copyOf(record, random.nextInt(record.length));
      }
      case 2 -> {
        // A body of any length behind an honest header.
        byte[] body = new byte[13 + random.nextInt(60)];
        random.nextBytes(body);
        System.arraycopy(record, 0, body, 0, 11);
        body[0] = (byte) (20 + random.nextInt(4));
        body[4] = (byte) random.nextInt(3);
        body[11] = 0;
        body[12] = (byte) (body.length - 13);
        return body;
      }
      default -> {
        byte[] changed = record.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
          // The number of an unauthenticated record must not move the replay window either.
          changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
        }
        return changed;
      }
    }
  }

  @Test
  void aLostLastFlightIsRepeatedWhenTheClientAsksAgain() {
    DtlsPair lossy = new DtlsPair(new TestLoop(), TRANSPORTS, TRANSPORTS);
    lossy.exchangeFingerprints();
    List<byte[]> lost = new ArrayList<>();
    DatagramSink toClient = lossy.deliverTo(lossy.client);
    lossy.server.wire(
        (buffer, offset, length) -> {
          boolean lastFlight = buffer[offset] == 20;
          if (lastFlight && lost.size() < 2) {
            lost.add(Arrays.copyOfRange(buffer, offset, offset + length));
          } else {
            toClient.send(buffer, offset, length);
          }
        });
    lossy.start();
    lossy.loop.runUntil(lossy.server::isConnected, lossy::toString);
    assertThat(lossy.client.isConnected()).isFalse();
    lossy.awaitConnected();
    assertThat(lost).hasSize(2);
  }

  @Test
  void dataThatOvertakesTheServersFinishedIsKept() {
    DtlsPair slow = new DtlsPair(new TestLoop(), TRANSPORTS, TRANSPORTS);
    slow.exchangeFingerprints();
    List<byte[]> held = new ArrayList<>();
    DatagramSink toClient = slow.deliverTo(slow.client);
    slow.server.wire(
        (buffer, offset, length) -> {
          if (buffer[offset] == 20) {
            held.add(Arrays.copyOfRange(buffer, offset, offset + length));
          } else {
            toClient.send(buffer, offset, length);
          }
        });
    slow.start();
    slow.loop.runUntil(slow.server::isConnected, slow::toString);
    slow.server.send(new byte[] {5});
    slow.loop.runReady();
    assertThat(slow.client.events).isEmpty();
    held.forEach(slow.client::receive);
    slow.awaitConnected();
    slow.loop.runReady();
    assertThat(slow.client.received).containsExactly(new byte[] {5});
  }
}
