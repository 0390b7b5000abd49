package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.jsep.Sessions.alice;
import static org.purertc.internal.jsep.Sessions.bob;
import static org.purertc.internal.jsep.Sessions.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.SessionDescription;

/** Whatever two sides do with their transceivers, they end in the same stable state. */
class MediaPropertyTest {
  private static final int RUNS = 100;
  private static final int STEPS = 40;
  private static final int MAX_TRANSCEIVERS = 5;

  private record Message(DescriptionType type, String text) {}

  /** One side of W3C's "perfect negotiation" (section 10.7): the polite one yields on glare. */
  private static final class Side {
    private final JsepSession session;
    private final boolean polite;
    private final Random random;
    private final Queue<Message> out = new ArrayDeque<>();
    private boolean ignoresOffer;

    Side(JsepSession session, boolean polite, Random random) {
      this.session = session;
      this.polite = polite;
      this.random = random;
    }

    void offer() throws JsepException {
      session.setLocalDescription(DescriptionType.OFFER, session.createOffer());
      send(DescriptionType.OFFER, session.pendingLocalDescription());
    }

    void answer() throws JsepException {
      session.setLocalDescription(DescriptionType.ANSWER, session.createAnswer());
      send(DescriptionType.ANSWER, session.currentLocalDescription());
    }

    private void send(DescriptionType type, @Nullable SessionDescription description) {
      out.add(new Message(type, Objects.requireNonNull(description).toString()));
    }

    void receive(Message message) throws JsepException {
      boolean busy =
          session.signalingState() != SignalingState.STABLE
              && session.signalingState() != SignalingState.HAVE_REMOTE_OFFER;
      if (message.type() == DescriptionType.OFFER) {
        ignoresOffer = !polite && busy;
        if (ignoresOffer) {
          return;
        }
      } else if (session.signalingState() == SignalingState.STABLE
          || session.signalingState() == SignalingState.HAVE_REMOTE_OFFER) {
        return; // the answer to an offer that was rolled back
      }
      session.setRemoteDescription(message.type(), read(message.text()));
    }

    void step() throws JsepException {
      switch (session.signalingState()) {
        case STABLE -> {
          switch (random.nextInt(8)) {
            case 0, 1 -> offer();
            case 2 -> {
              session.setLocalDescription(DescriptionType.OFFER, session.createOffer());
              change();
              session.setLocalDescription(DescriptionType.ROLLBACK, null);
            }
            default -> change();
          }
        }
        case HAVE_REMOTE_OFFER -> {
          if (random.nextInt(6) == 0) {
            session.setLocalDescription(DescriptionType.PRANSWER, session.createAnswer());
          }
          answer();
        }
        default -> change();
      }
    }

    void change() {
      List<Transceiver> all = session.transceivers();
      if (all.isEmpty() || (all.size() < MAX_TRANSCEIVERS && random.nextInt(4) == 0)) {
        add();
        return;
      }
      Transceiver transceiver = all.get(random.nextInt(all.size()));
      switch (random.nextInt(6)) {
        case 0 -> transceiver.stop();
        case 1 -> prefer(transceiver);
        case 2 -> transceiver.setStreamIds(List.of("stream" + random.nextInt(3)));
        case 3 -> session.requestDataChannels();
        default -> transceiver.setDirection(anyDirection());
      }
    }

    private void add() {
      MediaKind kind = MediaKind.values()[random.nextInt(2)];
      Transceiver added = Sessions.transceiver(kind, anyDirection());
      if (random.nextBoolean()) {
        added.setDirection(MediaDirection.SENDRECV);
        added.markAddedByTrack();
      }
      session.addTransceiver(added);
    }

    private MediaDirection anyDirection() {
      return MediaDirection.values()[random.nextInt(4)];
    }

    private void prefer(Transceiver transceiver) {
      List<Codec> codecs = new ArrayList<>(session.capabilities().codecs(transceiver.kind()));
      Collections.shuffle(codecs, random);
      transceiver.setCodecPreferences(random.nextInt(3) == 0 ? List.of() : codecs);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void bothSidesEndInTheSameState(long firstSeed) {
    runAll(firstSeed);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10})
  void bothSidesEndInTheSameStateWithMoreSeeds(long firstSeed) {
    runAll(firstSeed);
  }

  private static void runAll(long firstSeed) {
    for (long seed = firstSeed * RUNS; seed < (firstSeed + 1) * RUNS; seed++) {
      try {
        run(new Random(seed), "seed " + seed);
      } catch (JsepException | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void run(Random random, String which) throws JsepException {
    BundlePolicy[] policies = BundlePolicy.values();
    MediaCapabilities media = MediaCapabilities.STANDARD;
    Side alice = new Side(alice(policies[random.nextInt(3)], media), true, random);
    Side bob = new Side(bob(policies[random.nextInt(3)], media), false, random);
    for (int i = 0; i < STEPS; i++) {
      Side side = random.nextBoolean() ? alice : bob;
      Side other = side == alice ? bob : alice;
      Message message = random.nextInt(3) > 0 ? other.out.poll() : null;
      if (message == null) {
        side.step();
      } else {
        side.receive(message);
      }
    }
    deliverAll(alice, bob);
    alice.offer();
    deliverAll(alice, bob);
    for (int round = 0;
        alice.session.isNegotiationNeeded() || bob.session.isNegotiationNeeded();
        round++) {
      assertThat(round).as(which).isLessThan(5);
      (alice.session.isNegotiationNeeded() ? alice : bob).offer();
      deliverAll(alice, bob);
    }
    assertSame(alice.session, bob.session, which);
    assertMirrored(alice.session, bob.session, which);
    assertMirrored(bob.session, alice.session, which);
  }

  private static void deliverAll(Side alice, Side bob) throws JsepException {
    do {
      while (!alice.out.isEmpty() || !bob.out.isEmpty()) {
        if (!alice.out.isEmpty()) {
          bob.receive(alice.out.remove());
        }
        if (!bob.out.isEmpty()) {
          alice.receive(bob.out.remove());
        }
      }
      for (Side side : List.of(alice, bob)) {
        if (side.session.signalingState() == SignalingState.HAVE_REMOTE_OFFER) {
          side.answer();
        }
      }
    } while (!alice.out.isEmpty() || !bob.out.isEmpty());
  }

  private static void assertSame(JsepSession alice, JsepSession bob, String which) {
    assertThat(alice.signalingState()).as(which).isEqualTo(SignalingState.STABLE);
    assertThat(bob.signalingState()).as(which).isEqualTo(SignalingState.STABLE);
    SessionDescription ours = Objects.requireNonNull(alice.currentLocalDescription(), which);
    SessionDescription theirs = Objects.requireNonNull(bob.currentLocalDescription(), which);
    assertThat(mids(ours)).as(which).isEqualTo(mids(theirs));
    assertThat(alice.data() == null).as(which).isEqualTo(bob.data() == null);
    assertThat(alice.transports().size()).as(which).isEqualTo(bob.transports().size());
    for (int i = 0; i < alice.transports().size(); i++) {
      NegotiatedTransport one = alice.transports().get(i);
      NegotiatedTransport other =
          bob.transports().stream()
              .filter(transport -> transport.mids().equals(one.mids()))
              .findFirst()
              .orElseThrow(() -> new AssertionError(which + ": " + one.mids()));
      assertThat(one.dtlsClient()).as(which).isNotEqualTo(other.dtlsClient());
      assertThat(one.association()).as(which).isZero();
    }
  }

  private static List<String> mids(SessionDescription description) {
    return description.media().stream().map(MediaDescription::mid).toList();
  }

  private static void assertMirrored(JsepSession one, JsepSession other, String which) {
    assertThat(one.transceivers().size()).as(which).isEqualTo(other.transceivers().size());
    for (Transceiver transceiver : one.transceivers()) {
      String name = which + ", mid " + transceiver.mid();
      Transceiver mirror =
          other.transceivers().stream()
              .filter(candidate -> Objects.equals(candidate.mid(), transceiver.mid()))
              .findFirst()
              .orElseThrow(() -> new AssertionError(name));
      assertThat(mirror.mLineIndex()).as(name).isEqualTo(transceiver.mLineIndex());
      assertThat(mirror.kind()).as(name).isEqualTo(transceiver.kind());
      MediaDirection direction = Objects.requireNonNull(transceiver.currentDirection(), name);
      assertThat(mirror.currentDirection()).as(name).isEqualTo(direction.reversed());
      NegotiatedMedia ours = Objects.requireNonNull(transceiver.negotiated(), name);
      NegotiatedMedia theirs = Objects.requireNonNull(mirror.negotiated(), name);
      assertThat(formats(ours.sendCodecs())).as(name).isEqualTo(formats(theirs.receiveCodecs()));
      assertThat(ours.sendCodecs()).as(name).isNotEmpty();
      assertThat(ours.sendExtensions()).as(name).isEqualTo(theirs.receiveExtensions());
      assertThat(transceiver.remoteTrack().sends()).as(name).isEqualTo(direction.receives());
      if (direction.receives()) {
        assertThat(ours.remoteStreamIds()).as(name).isEqualTo(mirror.streamIds());
        assertThat(ours.remoteSources()).as(name).isEqualTo(mirror.sources());
      }
    }
  }

  private static List<String> formats(List<Codec> codecs) {
    return codecs.stream()
        .map(codec -> codec.payloadType() + " " + codec.mimeType() + " " + codec.feedback())
        .toList();
  }
}
