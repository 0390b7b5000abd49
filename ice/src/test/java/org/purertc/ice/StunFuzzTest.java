package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.PATH;
import static org.purertc.ice.ScriptedPeer.REMOTE;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.purertc.ice.internal.BindingRequest;
import org.purertc.ice.internal.StunCodec;
import org.purertc.ice.internal.StunError;
import org.purertc.ice.internal.TransactionId;

/** Whatever arrives, the agent neither throws nor grows. */
class StunFuzzTest {

  private static final int DATAGRAMS = 60_000;
  private static final char[] NONE = {};

  @Test
  void mutatedMessagesDoNoHarm() {
    for (long seed = 1; seed <= 3; seed++) {
      ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
      peer.answer(peer.onlyRequest());
      SplittableRandom random = new SplittableRandom(seed);
      List<byte[]> corpus = corpus(peer);
      for (int i = 0; i < DATAGRAMS / 3; i++) {
        byte[] datagram = mutate(corpus.get(random.nextInt(corpus.size())), random);
        InetSocketAddress from = new InetSocketAddress("10.0.0.2", 1 + random.nextInt(60_000));
        try {
          peer.agent.receive(datagram, 0, datagram.length, PATH, from, peer.nowNs);
          peer.sent(); // drained: nothing piles up in the test either
          peer.advanceBy(random.nextInt(3) == 0 ? 1 : 0);
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ", datagram " + i, e);
        }
      }
      assertThat(peer.agent.selectedPair()).as("seed %d", seed).isNotNull();
      assertThat(peer.agent.selectedPair().remote().address()).isEqualTo(REMOTE);
      assertThat(peer.agent.state()).isNotIn(IceTransportState.NEW, IceTransportState.CLOSED);
    }
  }

  @Test
  void randomBytesAreDropped() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.sent();
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 20_000; i++) {
      byte[] datagram = new byte[random.nextInt(200)];
      random.nextBytes(datagram);
      assertThat(peer.receive(datagram)).isFalse();
    }
    assertThat(peer.sent()).isEmpty();
    assertThat(peer.agent.discarded()).isEqualTo(20_000);
  }

  /** The remote side knows the password, so it can sign any nonsense. */
  @Test
  void authenticNonsenseDoesNoHarm() {
    int[] types = {1, 6, 8, 9, 10, 0x14, 0x20, 0x24, 0x25, 0x8028, 0x8029, 0x802a, 0x7ffe, 0xc057};
    int[] messages = {0x0001, 0x0011, 0x0101, 0x0111, 0x0003};
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.answer(peer.onlyRequest());
    SplittableRandom random = new SplittableRandom(11);
    String password = peer.agent.local().password();
    for (int i = 0; i < 20_000; i++) {
      RawStun message = new RawStun(messages[random.nextInt(messages.length)]);
      if (random.nextBoolean()) {
        message.username(peer.agent.local().ufrag() + ":peer").priority(random.nextInt());
      }
      for (int attributes = random.nextInt(5); attributes > 0; attributes--) {
        byte[] value = new byte[random.nextBoolean() ? 8 : random.nextInt(30)];
        random.nextBytes(value);
        message.attribute(types[random.nextInt(types.length)], value);
      }
      try {
        peer.receive(message.signed(password), PATH, REMOTE);
      } catch (RuntimeException e) {
        throw new AssertionError("datagram " + i, e);
      }
      assertThat(peer.sent()).as("answers to datagram %d", i).hasSizeLessThan(3);
      peer.events.clear();
    }
    assertThat(peer.agent.selectedPair()).isNotNull();
  }

  private static List<byte[]> corpus(ScriptedPeer peer) {
    var key = StunCodec.key(peer.agent.local().password());
    var remoteKey = StunCodec.key(ScriptedPeer.CREDENTIALS.password());
    TransactionId id = new TransactionId(1, 2);
    String name = peer.agent.local().ufrag() + ":peer";
    List<byte[]> corpus = new ArrayList<>();
    corpus.add(peer.codec.encode(new BindingRequest(id, name, 1000, true, 5, true), key));
    corpus.add(peer.codec.encode(new BindingRequest(id, name, 1000, false, 5, false), key));
    corpus.add(peer.codec.encodeSuccess(id, REMOTE, remoteKey));
    corpus.add(peer.codec.encodeSuccess(id, new InetSocketAddress("2001:db8::1", 5), remoteKey));
    corpus.add(peer.codec.encodeError(id, StunError.ROLE_CONFLICT, NONE, remoteKey));
    corpus.add(peer.codec.encodeError(id, StunError.UNKNOWN_ATTRIBUTE, new char[] {1, 2, 3}, null));
    return corpus;
  }

  /** Flips, cuts and extends; every other result gets a right length field. */
  private static byte[] mutate(byte[] original, SplittableRandom random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(original.length + 40) : original.length;
    // Without FINGERPRINT, which would catch nearly every mutation.
    length = random.nextBoolean() ? Math.max(0, length - 8) : length;
    byte[] mutated = new byte[length];
    System.arraycopy(original, 0, mutated, 0, Math.min(length, original.length));
    for (int flips = random.nextInt(4); flips > 0 && length > 0; flips--) {
      mutated[random.nextInt(length)] = (byte) random.nextInt(256);
    }
    if (length >= 20 && random.nextBoolean()) {
      mutated[2] = (byte) (length - 20 >> 8);
      mutated[3] = (byte) (length - 20);
    }
    return mutated;
  }
}
