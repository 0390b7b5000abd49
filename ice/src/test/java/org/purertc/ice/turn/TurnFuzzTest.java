package org.purertc.ice.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

/** Whatever a server sends, or somebody in its name: a client neither throws nor grows. */
class TurnFuzzTest implements TurnAllocation.Listener, ServerPath {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final InetSocketAddress PEER = new InetSocketAddress("10.0.0.2", 5000);

  private final List<byte[]> sent = new ArrayList<>();
  private final Set<InetSocketAddress> heard = new HashSet<>();
  private int largest;
  private boolean ended;

  private static byte[] channelData(int number, int claimedBytes, int bytes) {
    byte[] message = new byte[4 + bytes];
    message[0] = (byte) (number >> 8);
    message[1] = (byte) number;
    message[2] = (byte) (claimedBytes >> 8);
    message[3] = (byte) claimedBytes;
    return message;
  }

  private static byte[] indication(InetSocketAddress from, int bytes) {
    return new RawServerMessage(0x0017, new byte[12])
        .address(RawServerMessage.XOR_PEER_ADDRESS, from)
        .with(RawServerMessage.DATA, new byte[bytes])
        .encode(null, false);
  }

  /** The answers of a server without credentials to all requests so far. */
  private List<byte[]> answers() {
    List<byte[]> answers = new ArrayList<>();
    for (byte[] each : List.copyOf(sent)) {
      if ((each[0] & 0xC0) == 0 && each[0] == 0 && (each[1] & 0x10) == 0) {
        RawServerMessage request = RawServerMessage.parse(each);
        answers.add(
            new RawServerMessage(request.type | 0x0100, request.id)
                .address(
                    RawServerMessage.XOR_RELAYED_ADDRESS,
                    new InetSocketAddress("203.0.113.1", 50_000))
                .address(RawServerMessage.XOR_MAPPED_ADDRESS, PEER)
                .with(RawServerMessage.LIFETIME, 600)
                .encode(null, false));
      }
    }
    sent.clear();
    return answers;
  }

  private TurnAllocation allocated(SplittableRandom random) {
    ended = false;
    sent.clear();
    heard.clear();
    var none = new ServerCredentials("", "");
    TurnAllocation allocation = new TurnAllocation(new ServerCodec(), this, none, random, this);
    allocation.start(false, 0);
    answers().forEach(each -> allocation.receive(each, 0, each.length, 0));
    byte[] data = {(byte) 0x80};
    allocation.send(PEER, data, 0, 1, 0); // a permission
    answers().forEach(each -> allocation.receive(each, 0, each.length, 0));
    allocation.send(PEER, data, 0, 1, 0); // a channel
    answers().forEach(each -> allocation.receive(each, 0, each.length, 0));
    return allocation;
  }

  private static byte[] mutate(byte[] original, SplittableRandom random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(original.length + 20) : original.length;
    byte[] mutated = new byte[length];
    System.arraycopy(original, 0, mutated, 0, Math.min(length, original.length));
    for (int flips = random.nextInt(4); flips > 0 && length > 0; flips--) {
      mutated[random.nextInt(length)] = (byte) random.nextInt(256);
    }
    return mutated;
  }

  @Test
  void mutatedMessagesOfAServerDoNoHarm() {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TurnAllocation allocation = allocated(random);
      long nowNs = 0;
      for (int i = 0; i < 2_000 && !ended; i++) {
        List<byte[]> corpus = new ArrayList<>(answers());
        corpus.add(channelData(0x4000, 5, 8));
        corpus.add(channelData(0x4000 + random.nextInt(0x1000), 4, 4));
        corpus.add(indication(PEER, 20));
        byte[] message = mutate(corpus.get(random.nextInt(corpus.size())), random);
        try {
          allocation.receive(message, 0, message.length, nowNs);
          nowNs = Math.max(nowNs + 1, Math.min(allocation.nextDeadlineNs(), nowNs + SECOND_NS));
          allocation.onDeadline(nowNs);
          allocation.send(PEER, message, 0, message.length, nowNs);
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ", message " + i, e);
        }
      }
      assertThat(heard).as("seed %d", seed).allMatch(p -> p.getAddress().equals(PEER.getAddress()));
    }
  }

  @Test
  void aChannelThatClaimsMoreThanTheDatagramHasIsPassedOver() {
    TurnAllocation allocation = allocated(new SplittableRandom(1));
    for (int claimed = 0; claimed <= 65_535; claimed += 15) {
      byte[] message = channelData(0x4000, claimed, 30);
      largest = -1;
      allocation.receive(message, 0, message.length, 1);
      assertThat(largest).as("claims %d", claimed).isEqualTo(claimed <= 30 ? claimed : -1);
    }
  }

  @Test
  void numbersThatWeDidNotBindAreNobodys() {
    TurnAllocation allocation = allocated(new SplittableRandom(1));
    heard.clear();
    for (int number = 0x4001; number <= 0x4FFF; number++) {
      byte[] message = channelData(number, 4, 4);
      allocation.receive(message, 0, message.length, 1);
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void indicationsOfPeersWithoutPermissionArePassedOver() {
    TurnAllocation allocation = allocated(new SplittableRandom(1));
    for (int i = 3; i < 250; i++) {
      byte[] message = indication(new InetSocketAddress("10.0.0." + i, 5000), 10);
      allocation.receive(message, 0, message.length, 1);
    }
    assertThat(heard).isEmpty();
    byte[] message = indication(PEER, 10);
    allocation.receive(message, 0, message.length, 1);
    assertThat(heard).containsExactly(PEER);
  }

  @Test
  void randomBytesInAStreamBreakItOrWaitWithinABound() {
    for (long seed = 1; seed <= 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StreamFraming framing = new StreamFraming();
      boolean readable = true;
      for (int i = 0; i < 50 && readable; i++) {
        byte[] bytes = new byte[1 + random.nextInt(3_000)];
        random.nextBytes(bytes);
        bytes[0] &= 0x7F;
        try {
          readable =
              framing.receive(
                  bytes,
                  0,
                  bytes.length,
                  (buffer, offset, length) ->
                      assertThat(length).isBetween(4, StreamFraming.MAX_MESSAGE_BYTES));
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed, e);
        }
      }
    }
  }

  /** It must not keep us asking for ever. */
  @Test
  void aServerOfChallengesAloneEndsTheClient() {
    SimLoop loop = new SimLoop();
    SimNetwork network = SimNetwork.with(1).delayMs(1);
    TurnServerDouble server = new TurnServerDouble(network.host("203.0.113.1"), loop);
    server.changesNonceAlways = true;
    TurnClientEnd client =
        new TurnClientEnd(
            network.host("10.0.0.1"), loop, server.address(), TurnServerDouble.PASSWORD);
    client.start();
    loop.runFor(SECOND_NS);
    assertThat(client.events).containsExactly("ended 438");
    assertThat(loop.timersSet()).isZero();
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    sent.add(Arrays.copyOfRange(buffer, offset, offset + length));
    if (sent.size() > 500) {
      sent.remove(0);
    }
    return true;
  }

  @Override
  public boolean isReliable() {
    return false;
  }

  @Override
  public void onAllocated(
      InetSocketAddress relayed, @Nullable InetSocketAddress mapped, long nowNs) {}

  @Override
  public void onRedirected(InetSocketAddress alternate, long nowNs) {
    ended = true;
  }

  @Override
  public void onEnded(ServerError error, long nowNs) {
    ended = true;
  }

  @Override
  public void onData(byte[] buffer, int offset, int length, InetSocketAddress peer, long nowNs) {
    heard.add(peer);
    largest = length;
  }
}
