package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.jsep.Sessions.alice;
import static org.purertc.internal.jsep.Sessions.bob;
import static org.purertc.internal.jsep.Sessions.read;
import static org.purertc.internal.jsep.Sessions.transport;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.sdp.BrowserSdp;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SdpMutant;
import org.purertc.sdp.SessionDescription;

/** Whatever two sides do in whatever order, they end in the same stable state. */
class NegotiationPropertyTest {
  private static final int RUNS = 100;
  private static final int STEPS = 40;

  /** What the signalling carries: a description or, with a null type, a candidate. */
  private record Message(@Nullable DescriptionType type, String text, @Nullable String mid) {

    Message(DescriptionType type, @Nullable SessionDescription description) {
      this(type, String.valueOf(description), null);
    }
  }

  /** One side of W3C's "perfect negotiation" (section 10.7): the polite one yields on glare. */
  private static final class Side {
    private final JsepSession session;
    private final boolean polite;
    private final Queue<Message> out = new ArrayDeque<>();
    private boolean ignoresOffer;
    private int candidates;

    Side(JsepSession session, boolean polite) {
      this.session = session;
      this.polite = polite;
    }

    void offer() throws JsepException {
      session.setLocalDescription(DescriptionType.OFFER, session.createOffer());
      out.add(new Message(DescriptionType.OFFER, session.pendingLocalDescription()));
    }

    void answer() throws JsepException {
      session.setLocalDescription(DescriptionType.ANSWER, session.createAnswer());
      out.add(new Message(DescriptionType.ANSWER, session.currentLocalDescription()));
    }

    void provisionalAnswer() throws JsepException {
      session.setLocalDescription(DescriptionType.PRANSWER, session.createAnswer());
      out.add(new Message(DescriptionType.PRANSWER, session.pendingLocalDescription()));
    }

    void candidate() {
      if (session.dataMid() != null) {
        candidates++;
        String candidate = "candidate:1 1 udp " + candidates + " 192.0.2.1 4000 typ host";
        session.addLocalCandidate(0, candidate);
        out.add(new Message(null, candidate, session.dataMid()));
      }
    }

    void receive(Message message) throws JsepException {
      if (message.type() == null) {
        if (!ignoresOffer && session.currentRemoteDescription() != null) {
          session.addRemoteCandidate(message.text(), message.mid(), null, null);
        }
        return;
      }
      if (message.type() == DescriptionType.OFFER) {
        ignoresOffer = !polite && session.signalingState() != SignalingState.STABLE;
        if (ignoresOffer) {
          return;
        }
      }
      session.setRemoteDescription(message.type(), read(message.text()));
    }

    /** One random step. */
    void step(Random random) throws JsepException {
      switch (session.signalingState()) {
        case STABLE -> {
          switch (random.nextInt(5)) {
            case 0 -> session.requestDataChannels();
            case 1 -> offer();
            case 2 -> {
              session.setLocalDescription(DescriptionType.OFFER, session.createOffer());
              session.setLocalDescription(DescriptionType.ROLLBACK, null);
            }
            default -> candidate();
          }
        }
        case HAVE_REMOTE_OFFER -> {
          if (random.nextInt(3) == 0) {
            provisionalAnswer();
          } else {
            answer();
          }
        }
        case HAVE_LOCAL_PRANSWER -> answer();
        default -> candidate();
      }
    }

    void settle() throws JsepException {
      SignalingState state = session.signalingState();
      if (state == SignalingState.HAVE_REMOTE_OFFER
          || state == SignalingState.HAVE_LOCAL_PRANSWER) {
        answer();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void twoSidesEndInTheSameStableState(long firstSeed) throws JsepException {
    for (long seed = firstSeed * RUNS; seed < (firstSeed + 1) * RUNS; seed++) {
      try {
        run(new Random(seed), "seed " + seed);
      } catch (JsepException | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void run(Random random, String which) throws JsepException {
    Side alice = new Side(alice(), true);
    Side bob = new Side(bob(), false);
    Boolean aliceIsClient = null;
    for (int i = 0; i < STEPS; i++) {
      Side side = random.nextBoolean() ? alice : bob;
      Side other = side == alice ? bob : alice;
      Message message = random.nextInt(3) > 0 ? other.out.poll() : null;
      if (message == null) {
        side.step(random);
      } else {
        side.receive(message);
      }
      aliceIsClient = checkRole(alice.session, aliceIsClient, which);
    }
    deliverAll(alice, bob);
    alice.session.requestDataChannels();
    alice.offer();
    deliverAll(alice, bob);
    assertSame(alice.session, bob.session, which);
    checkRole(alice.session, aliceIsClient, which);
  }

  /** The DTLS role never changes once it is known; the certificates stay the same here. */
  private static @Nullable Boolean checkRole(
      JsepSession session, @Nullable Boolean before, String which) {
    NegotiatedTransport transport = transport(session);
    // A provisional answer may still be undone by nothing but a final one of the same roles.
    if (transport == null || !transport.roleKnown()) {
      return before;
    }
    if (before != null) {
      assertThat(transport.dtlsClient()).as(which).isEqualTo(before);
    }
    return transport.dtlsClient();
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
      alice.settle();
      bob.settle();
    } while (!alice.out.isEmpty() || !bob.out.isEmpty());
  }

  private static void assertSame(JsepSession alice, JsepSession bob, String which) {
    assertThat(alice.signalingState()).as(which).isEqualTo(SignalingState.STABLE);
    assertThat(bob.signalingState()).as(which).isEqualTo(SignalingState.STABLE);
    assertThat(alice.pendingLocalDescription()).as(which).isNull();
    assertThat(bob.pendingRemoteDescription()).as(which).isNull();
    assertThat(alice.isNegotiationNeeded()).as(which).isFalse();
    NegotiatedTransport ofBob = Objects.requireNonNull(transport(alice), which);
    NegotiatedTransport ofAlice = Objects.requireNonNull(transport(bob), which);
    assertThat(ofBob.dtlsClient()).as(which).isNotEqualTo(ofAlice.dtlsClient());
    assertThat(ofBob.mids()).as(which).isEqualTo(ofAlice.mids());
    SessionDescription local = Objects.requireNonNull(alice.currentLocalDescription(), which);
    SessionDescription remote = Objects.requireNonNull(bob.currentLocalDescription(), which);
    assertThat(local.media())
        .as(which)
        .extracting(MediaDescription::mid)
        .containsExactlyElementsOf(remote.media().stream().map(MediaDescription::mid).toList());
  }

  @ParameterizedTest
  @MethodSource("org.purertc.sdp.BrowserSdp#names")
  void mutatedDescriptionsGiveNothingButJsepException(String name) {
    for (int seed = 0; seed < RUNS; seed++) {
      String which = name + ", seed " + seed;
      try {
        Random random = new Random(seed);
        SessionDescription mutant =
            SessionDescription.parse(SdpMutant.of(BrowserSdp.text(name), random));
        apply(random.nextBoolean() ? alice() : bob(), mutant, random.nextBoolean(), which);
      } catch (SdpException e) {
        assertThat(e).as(which).hasMessageStartingWith("SDP line");
      } catch (RuntimeException e) {
        throw new AssertionError(which, e);
      }
    }
  }

  private static void apply(
      JsepSession session, SessionDescription mutant, boolean asAnswer, String which) {
    SignalingState before = session.signalingState();
    try {
      if (asAnswer) {
        session.requestDataChannels();
        session.setLocalDescription(DescriptionType.OFFER, session.createOffer());
        before = session.signalingState();
        session.setRemoteDescription(DescriptionType.ANSWER, mutant);
      } else {
        SessionDescription answer = Sessions.answerTo(session, mutant);
        assertThat(answer.media()).as(which).hasSameSizeAs(mutant.media());
        assertThat(read(answer.toString())).as(which).isEqualTo(answer);
      }
      assertThat(session.signalingState()).as(which).isEqualTo(SignalingState.STABLE);
    } catch (JsepException e) {
      assertThat(session.signalingState()).as(which).isEqualTo(before);
    }
  }
}
