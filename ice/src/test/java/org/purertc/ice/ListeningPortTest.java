package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.ice.StunDatagrams.SUCCESS;
import static org.purertc.ice.StunDatagrams.request;
import static org.purertc.ice.StunDatagrams.stun;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network.AcceptedConnection;
import org.purertc.ice.io.Network.StreamConnection;
import org.purertc.ice.io.Network.StreamReceiver;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

/** Connections to a port that sessions share, before it is known whose they are. */
class ListeningPortTest {

  private static final long MS = 1_000_000;
  private static final InetSocketAddress PORT = new InetSocketAddress("10.0.0.1", 443);

  /** What one end of a connection was told. */
  private static final class Told implements StreamReceiver {
    private final List<String> events = new ArrayList<>();
    private int bytes;

    @Override
    public void onConnected(long nowNs) {
      events.add("connected");
    }

    @Override
    public void onBytes(byte[] buffer, int offset, int length, long nowNs) {
      bytes += length;
    }

    @Override
    public void onWritable(long nowNs) {}

    @Override
    public void onClosed(String reason, long nowNs) {
      events.add("closed");
    }
  }

  /** A session that writes down what it was given. */
  private final class Taking implements ListeningPort.Session {
    private final List<byte[]> first = new ArrayList<>();
    private final Told told = new Told();

    @Override
    public Loop loop() {
      return loop;
    }

    @Override
    public StreamReceiver take(AcceptedConnection connection, byte[] bytes, long nowNs) {
      first.add(bytes);
      return told;
    }
  }

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(1).delayMs(1);
  private final SimHost server = network.host("10.0.0.1");
  private final SimHost client = network.host("10.0.0.2");
  private final SharedSockets<ListeningPort> ports =
      new SharedSockets<>(server, ListeningPort::new);
  private final Taking ours = new Taking();
  private ListeningPort port;

  @BeforeEach
  void listen() throws IOException {
    port = ports.join(loop, PORT);
    port.register("ours", ours);
  }

  private static byte[] framed(byte[] packet) {
    byte[] bytes = new byte[PacketFraming.HEADER_BYTES + packet.length];
    PacketFraming.frame(packet, 0, packet.length, bytes);
    return bytes;
  }

  private Told send(SimHost from, byte[]... pieces) {
    Told told = new Told();
    StreamConnection connection = from.connect(loop, null, PORT, told);
    for (byte[] piece : pieces) {
      connection.send(piece, 0, piece.length);
    }
    return told;
  }

  @Test
  void aConnectionBelongsToTheSessionWhoseUfragItsFirstCheckNames() {
    Taking others = new Taking();
    port.register("others", others);
    byte[] check = framed(request("others:remote"));
    Told told = send(client, check, new byte[] {0, 1, 22});
    loop.runFor(10 * MS);
    assertThat(others.first).containsExactly(check);
    assertThat(others.told.bytes).isEqualTo(3);
    assertThat(ours.first).isEmpty();
    assertThat(told.events).containsExactly("connected");
    assertThat(port.waiting()).isZero();
  }

  @Test
  void theFirstCheckMayComeByteByByte() {
    byte[] check = framed(request("ours:remote"));
    byte[][] pieces = new byte[check.length][];
    for (int i = 0; i < check.length; i++) {
      pieces[i] = new byte[] {check[i]};
    }
    send(client, pieces);
    loop.runFor(10 * MS);
    assertThat(ours.first).containsExactly(check);
  }

  @Test
  void whatFollowsTheFirstCheckInTheSamePieceIsNotLost() {
    byte[] check = framed(request("ours:remote"));
    byte[] more = Arrays.copyOf(check, check.length + 100);
    send(client, more);
    loop.runFor(10 * MS);
    assertThat(ours.first).containsExactly(more);
  }

  private void assertRefused(byte[]... pieces) {
    Told told = send(client, pieces);
    loop.runFor(10 * MS);
    assertThat(told.events).containsExactly("connected", "closed");
    assertThat(ours.first).isEmpty();
    assertThat(port.refused()).isEqualTo(1);
    assertThat(port.waiting()).isZero();
  }

  @Test
  void aCheckOfAnUnknownUfragEndsTheConnection() {
    assertRefused(framed(request("nobody:remote")));
  }

  @Test
  void anAnswerIsNoFirstCheck() {
    assertRefused(framed(stun(SUCCESS, "ours:remote", 1)));
  }

  @Test
  void somethingElseThanStunEndsTheConnectionAtItsThirdByte() {
    assertRefused("GET".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aFirstPacketThatIsTooLongEndsTheConnectionAtItsLength() {
    int tooLong = ListeningPort.MAX_FIRST_PACKET_BYTES + 1;
    assertRefused(new byte[] {(byte) (tooLong >> 8), (byte) tooLong});
  }

  @Test
  void anEmptyFirstPacketEndsTheConnection() {
    assertRefused(new byte[] {0, 0});
  }

  @Test
  void randomBytesNeverReachASession() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[3 + random.nextInt(2_000)];
      random.nextBytes(bytes);
      bytes[0] &= 3;
      bytes[2] &= 3;
      send(client, bytes);
      loop.runFor(10_000 * MS);
      assertThat(ours.first).as("seed %d", seed).isEmpty();
      assertThat(port.waiting()).as("seed %d", seed).isZero();
    }
  }

  @Test
  void aSilentConnectionHasFiveSeconds() {
    Told told = send(client, new byte[] {0, 100, 0, 1});
    loop.runFor(4_900 * MS);
    assertThat(told.events).containsExactly("connected");
    loop.runFor(200 * MS);
    assertThat(told.events).containsExactly("connected", "closed");
    assertThat(port.waiting()).isZero();
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void oneSourceHasFewConnectionsWaitingAndKeepsNobodyOut() {
    for (int i = 0; i < 100; i++) {
      send(client);
    }
    loop.runFor(10 * MS);
    assertThat(port.waiting()).isEqualTo(ListeningPort.MAX_WAITING_OF_SOURCE);
    send(network.host("10.0.0.3"), framed(request("ours:remote")));
    loop.runFor(10 * MS);
    assertThat(ours.first).hasSize(1);
  }

  @Test
  void connectionsThatSaidWhoseTheyAreDoNotCountForTheirSource() {
    for (int i = 0; i < 100; i++) {
      send(client, framed(request("ours:remote")));
      loop.runFor(10 * MS);
    }
    assertThat(ours.first).hasSize(100);
  }

  @Test
  void ofVeryManyTheOneThatWaitedLongestLeaves() {
    List<Told> silent = new ArrayList<>();
    for (int i = 0; i < ListeningPort.MAX_WAITING + 10; i++) {
      silent.add(send(network.host("10.1." + i / 250 + "." + (1 + i % 250))));
      loop.runFor(MS);
    }
    loop.runFor(10 * MS);
    assertThat(port.waiting()).isEqualTo(ListeningPort.MAX_WAITING);
    assertThat(silent.stream().limit(10)).allMatch(each -> each.events.contains("closed"));
    assertThat(silent.stream().skip(10)).noneMatch(each -> each.events.contains("closed"));
    send(client, framed(request("ours:remote")));
    loop.runFor(10 * MS);
    assertThat(ours.first).hasSize(1);
  }

  @Test
  void anUnregisteredUfragIsNobodys() {
    port.unregister("ours", ours);
    assertRefused(framed(request("ours:remote")));
  }

  @Test
  void noUfragHasTwoSessions() {
    assertThatThrownBy(() -> port.register("ours", new Taking()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ours");
  }

  @Test
  void theLastSessionTakesThePortWithIt() throws IOException {
    Told waiting = send(client);
    loop.runFor(10 * MS);
    ports.join(loop, PORT);
    ports.leave(PORT);
    loop.runFor(10 * MS);
    assertThat(waiting.events).containsExactly("connected");
    ports.leave(PORT);
    loop.runFor(10 * MS);
    assertThat(waiting.events).containsExactly("connected", "closed");
    assertThat(network.openPorts()).isZero();
    assertThat(loop.timersSet()).isZero();
  }
}
