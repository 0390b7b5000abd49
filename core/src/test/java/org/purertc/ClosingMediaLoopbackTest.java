package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.Peers.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing connections with media on real sockets and threads. */
class ClosingMediaLoopbackTest {
  private static final int THREADS = 4;
  private static final PeerConnectionFactory FACTORY =
      PeerConnectionFactory.builder().loops(2).loopbackOnly().build();

  private final ConcurrentLinkedQueue<String> late = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  static List<RTCConfiguration> callbackModes() {
    return List.of(RTCConfiguration.DEFAULT, RTCConfiguration.builder().callbacksOnLoop().build());
  }

  @AfterAll
  static void closeFactory() {
    FACTORY.close();
  }

  /** The handler that closes is the last one: handlers of one connection run one by one. */
  @ParameterizedTest
  @MethodSource("callbackModes")
  void insideTheHandlerOfAFrame(RTCConfiguration mode) {
    try (Peers peers = new Peers(FACTORY, mode);
        EncodedMediaSource source = EncodedMediaSource.audio()) {
      List<MediaStreamTrack> tracks = new ArrayList<>();
      peers.b.onConnectionStateChange(state -> noteWhenLate("state " + state));
      peers.b.onTrack(
          event -> {
            tracks.add(event.track());
            event.track().onEnded(ended -> noteWhenLate("ended"));
            event.track().onMute(muted -> noteWhenLate("mute"));
            event
                .track()
                .onFrame(
                    frame -> {
                      noteWhenLate("frame");
                      peers.b.close();
                      closed = true;
                      peers.b.close();
                    });
          });
      talk(peers, source, () -> closed);
      await(peers.b.closed());
      for (int i = 0; i < 10; i++) {
        source.write(new SampleFrames(1).opus());
        LockSupport.parkNanos(5_000_000);
      }
      assertThat(late).isEmpty();
      assertThat(tracks.get(0).readyState()).isEqualTo(MediaStreamTrackState.ENDED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fromManyThreadsAtOnceWhileMediaFlows(boolean offerer) {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT);
        EncodedMediaSource source = EncodedMediaSource.audio()) {
      CountDownLatch heard = new CountDownLatch(5);
      peers.b.onTrack(event -> event.track().onFrame(frame -> heard.countDown()));
      talk(peers, source, () -> heard.getCount() == 0);
      RTCPeerConnection closer = offerer ? peers.a : peers.b;
      CompletableFuture<?>[] calls = new CompletableFuture<?>[2 * THREADS];
      for (int i = 0; i < THREADS; i++) {
        calls[2 * i] = CompletableFuture.runAsync(closer::close);
        calls[2 * i + 1] = CompletableFuture.runAsync(() -> use(closer, source));
      }
      await(CompletableFuture.allOf(calls));
      await(closer.closed());
      assertThat(closer.getTransceivers())
          .allMatch(each -> each.receiver().track().readyState() == MediaStreamTrackState.ENDED);
      assertThat(closer.getSenders()).isEmpty();
    }
  }

  /** What a program does that has not heard of the end yet. */
  private static void use(RTCPeerConnection peer, EncodedMediaSource source) {
    SampleFrames frames = new SampleFrames(1);
    for (int i = 0; i < 50; i++) {
      source.write(frames.opus());
      CompletableFuture<RTCStatsReport> unused = peer.getStats();
      peer.getTransceivers().forEach(each -> each.receiver().track().requestKeyFrame());
    }
  }

  private void noteWhenLate(String event) {
    if (closed) {
      late.add(event);
    }
  }

  private interface Condition {
    boolean isMet();
  }

  /** Connects and writes until then. */
  private static void talk(Peers peers, EncodedMediaSource source, Condition until) {
    peers.trickle();
    RTCRtpSender unused = peers.a.addTrack(source.track());
    peers.negotiate();
    SampleFrames frames = new SampleFrames(1);
    long limitNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Peers.LIMIT_SECONDS);
    while (!until.isMet() && System.nanoTime() < limitNs) {
      source.write(frames.opus());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SampleFrames.FRAME_MS));
    }
    assertThat(until.isMet()).isTrue();
  }
}
