package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.purertc.Peers.await;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each blocking call inside each handler: it works on an executor, and is refused on the loop. */
class BlockingCallsTest {
  private static final PeerConnectionFactory FACTORY =
      PeerConnectionFactory.builder().loops(1).loopbackOnly().build();

  /** A call that has to wait for the loop. */
  @FunctionalInterface
  interface Call {
    void run(RTCPeerConnection peer, RTCDataChannel channel) throws Exception;
  }

  /** A handler of the connection or of its channel. */
  enum HandlerKind {
    NEGOTIATION_NEEDED((p, r) -> p.a.onNegotiationNeeded(r)),
    SIGNALING_STATE((p, r) -> p.a.onSignalingStateChange(s -> r.run())),
    GATHERING_STATE((p, r) -> p.a.onIceGatheringStateChange(s -> r.run())),
    CANDIDATE((p, r) -> p.a.onIceCandidate(c -> r.run())),
    ICE_STATE((p, r) -> p.a.onIceConnectionStateChange(s -> r.run())),
    CONNECTION_STATE((p, r) -> p.a.onConnectionStateChange(s -> r.run()));

    private final BiConsumer<Peers, Runnable> setter;

    HandlerKind(BiConsumer<Peers, Runnable> setter) {
      this.setter = setter;
    }
  }

  private static final List<Call> FUTURES =
      List.of(
          (peer, channel) -> peer.createOffer().join(),
          (peer, channel) -> peer.createOffer().get(),
          (peer, channel) -> peer.createOffer().get(20, TimeUnit.SECONDS));

  static Stream<Arguments> handlersAndModes() {
    return Stream.of(HandlerKind.values())
        .flatMap(kind -> Stream.of(Arguments.of(kind, false), Arguments.of(kind, true)));
  }

  @AfterAll
  static void closeFactory() {
    FACTORY.close();
  }

  @ParameterizedTest
  @MethodSource("handlersAndModes")
  void waitsForAFutureInAHandlerOfTheConnection(HandlerKind kind, boolean onLoop) {
    try (Peers peers = new Peers(FACTORY, mode(onLoop))) {
      RTCDataChannel channel = peers.a.createDataChannel("blocking");
      CompletableFuture<List<String>> outcome = new CompletableFuture<>();
      kind.setter.accept(peers, () -> outcome.complete(outcomes(FUTURES, peers.a, channel)));
      if (kind == HandlerKind.CANDIDATE) {
        await(peers.a.setLocalDescription());
      } else if (kind != HandlerKind.NEGOTIATION_NEEDED) { // who negotiates gets no such event
        peers.negotiateWithoutTrickle();
      }
      assertThat(await(outcome)).containsOnly(onLoop ? "refused" : "done");
    }
  }

  static Stream<Arguments> channelHandlersAndModes() {
    return Stream.of("open", "message", "low", "datachannel")
        .flatMap(name -> Stream.of(Arguments.of(name, false), Arguments.of(name, true)));
  }

  @ParameterizedTest
  @MethodSource("channelHandlersAndModes")
  void waitsForStreamsInAHandlerOfAChannel(String handler, boolean onLoop) {
    try (Peers peers = new Peers(FACTORY, mode(onLoop))) {
      peers.trickle();
      RTCDataChannel streams = peers.a.createDataChannel("streams");
      RTCDataChannel events = peers.a.createDataChannel("events");
      CompletableFuture<List<String>> outcome = new CompletableFuture<>();
      Runnable run = () -> outcome.complete(outcomes(STREAMS, peers.a, streams));
      peers.b.onDataChannel(
          channel -> {
            if (channel.label().equals("streams")) {
              channel.onMessage(message -> channel.send(message.bytes())); // echo
            } else {
              channel.onMessage(message -> channel.send("answer"));
            }
          });
      setHandler(handler, peers, events, run);
      peers.negotiate();
      await(events.opened());
      events.send("question");
      assertThat(await(outcome)).containsOnly(onLoop ? "refused" : "done");
    }
  }

  private static final List<Call> STREAMS =
      List.of(
          (peer, channel) -> peer.createOffer().join(),
          (peer, channel) -> {
            OutputStream out = channel.outputStream();
            InputStream in = channel.inputStream();
            List<Throwable> refused = new ArrayList<>();
            refused.add(catchThrowable(() -> out.write(new byte[3 << 20])));
            refused.add(catchThrowable(out::flush));
            refused.add(catchThrowable(() -> in.readNBytes(3 << 20)));
            refused.add(catchThrowable(out::close));
            refused.add(catchThrowable(in::read));
            if (refused.stream().anyMatch(IllegalStateException.class::isInstance)) {
              assertThat(refused).allMatch(IllegalStateException.class::isInstance);
              throw new IllegalStateException("refused");
            }
            assertThat(refused).containsOnlyNulls();
          });

  private static void setHandler(String handler, Peers peers, RTCDataChannel events, Runnable run) {
    switch (handler) {
      case "open" -> events.onOpen(run);
      case "message" -> events.onMessage(message -> run.run());
      case "low" -> events.onBufferedAmountLow(run);
      default -> {
        peers.a.onDataChannel(channel -> run.run());
        peers.b.createDataChannel("from b");
      }
    }
  }

  private static List<String> outcomes(
      List<Call> calls, RTCPeerConnection peer, RTCDataChannel channel) {
    List<String> outcomes = new ArrayList<>();
    for (Call call : calls) {
      Throwable thrown = catchThrowable(() -> call.run(peer, channel));
      if (thrown instanceof IllegalStateException) {
        outcomes.add("refused");
      } else {
        // An offer may be impossible in this state; what counts is that the call came back.
        boolean answered = thrown == null || thrown.getCause() instanceof RTCException;
        outcomes.add(answered ? "done" : "failed: " + thrown);
      }
    }
    return outcomes;
  }

  private static RTCConfiguration mode(boolean onLoop) {
    RTCConfiguration.Builder builder = RTCConfiguration.builder();
    return onLoop ? builder.callbacksOnLoop().build() : builder.build();
  }
}
