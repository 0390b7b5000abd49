package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.purertc.Peers.await;

import java.io.File;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Media on real sockets and threads: calls from everywhere, forgotten peers, peers without it. */
class MediaLifeTest {
  private static final int THREADS = 4;

  @Test
  void callsFromSeveralThreadsLeaveAConnectionThatNegotiates() throws InterruptedException {
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (PeerConnectionFactory factory = loopback();
        Peers peers = new Peers(factory, RTCConfiguration.DEFAULT)) {
      peers.trickle();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(() -> useEverything(peers.a));
        thread.setUncaughtExceptionHandler((where, failure) -> failures.add(failure));
        threads.add(thread);
        thread.start();
      }
      peers.negotiate();
      for (Thread thread : threads) {
        thread.join();
      }
      peers.negotiate();
      assertThat(failures).isEmpty();
      assertThat(peers.a.getTransceivers()).hasSameSizeAs(peers.b.getTransceivers());
      assertThat(peers.a.getSenders()).doesNotHaveDuplicates();
      for (RTCRtpTransceiver each : peers.a.getTransceivers()) {
        assertThat(each.direction()).isNotEqualTo(RTCRtpTransceiverDirection.STOPPED);
        assertThat(peers.a.localDescription().sdp()).contains("a=mid:" + each.mid() + "\r\n");
      }
    }
  }

  private static void useEverything(RTCPeerConnection peer) {
    SampleFrames frames = new SampleFrames(1);
    for (int i = 0; i < 20; i++) {
      EncodedMediaSource source = EncodedMediaSource.audio();
      RTCRtpSender sender = peer.addTrack(source.track(), new MediaStream());
      source.write(frames.opus());
      CompletableFuture<Void> replaced = sender.replaceTrack(EncodedMediaSource.audio().track());
      sender.setStreams();
      CompletableFuture<RTCStatsReport> stats = peer.getStats();
      peer.removeTrack(sender);
      Throwable refused = catchThrowable(() -> await(replaced));
      if (refused != null) { // another thread took over the transceiver and stopped it
        assertThat(refused).hasMessageContaining("the transceiver is stopped");
      }
      assertThat(await(stats).ofType("peer-connection")).hasSize(1);
      peer.getTransceivers().stream()
          .filter(transceiver -> transceiver.sender() == sender)
          .forEach(RTCRtpTransceiver::stop);
    }
    RTCRtpTransceiver unused = peer.addTransceiver(MediaKind.VIDEO);
  }

  @Test
  void framesArriveAndTheHandlerOfASlowProgramDelaysNobody() throws InterruptedException {
    try (PeerConnectionFactory factory = loopback();
        Peers peers = new Peers(factory, RTCConfiguration.DEFAULT);
        EncodedMediaSource source = EncodedMediaSource.audio()) {
      CountDownLatch frames = new CountDownLatch(20);
      peers.b.onTrack(event -> event.track().onFrame(frame -> frames.countDown()));
      peers.trickle();
      RTCRtpSender unused = peers.a.addTrack(source.track());
      peers.negotiate();
      SampleFrames samples = new SampleFrames(1);
      long limitNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Peers.LIMIT_SECONDS);
      while (frames.getCount() > 0 && System.nanoTime() < limitNs) {
        source.write(samples.opus());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SampleFrames.FRAME_MS));
      }
      assertThat(frames.getCount()).isZero();
    }
  }

  @Test
  void aPeerThatNobodyReachesIsClosedThoughItsTrackIsStillWritten() {
    try (PeerConnectionFactory factory = loopback();
        EncodedMediaSource source = EncodedMediaSource.audio()) {
      List<CompletableFuture<Void>> closed = new ArrayList<>();
      WeakReference<RTCPeerConnection> forgotten = forgetAPeer(factory, source, closed);
      SampleFrames frames = new SampleFrames(1);
      for (int i = 0; i < 200 && !closed.get(0).isDone(); i++) {
        source.write(frames.opus());
        System.gc();
        factory.createPeerConnection(RTCConfiguration.DEFAULT).close();
        LockSupport.parkNanos(10_000_000);
      }
      assertThat(closed.get(0)).isDone();
      assertThat(forgotten.get()).isNull();
    }
  }

  private static WeakReference<RTCPeerConnection> forgetAPeer(
      PeerConnectionFactory factory,
      EncodedMediaSource source,
      List<CompletableFuture<Void>> closed) {
    RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT);
    RTCRtpSender sender = peer.addTrack(source.track());
    RTCRtpTransceiver transceiver = peer.addTransceiver(MediaKind.VIDEO);
    assertThat(transceiver.sender()).isNotSameAs(sender);
    await(peer.setLocalDescription());
    closed.add(peer.closed());
    return new WeakReference<>(peer);
  }

  /** Two peers exchange a message; the JVM tells which classes that took. */
  @Test
  void aPeerForDataAloneHasNoMediaMachine() throws Exception {
    String java = new File(System.getProperty("java.home"), "bin/java").getPath();
    String classPath = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                java, "-verbose:class", "-cp", classPath, DataOnlyProgram.class.getName())
            .redirectErrorStream(true)
            .start();
    try (InputStream in = process.getInputStream()) {
      String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      List<String> loaded = output.lines().filter(line -> line.contains("org.purertc.")).toList();
      assertThat(loaded).anyMatch(line -> line.contains("sctp.SctpAssociation "));
      assertThat(loaded)
          .noneMatch(line -> line.contains("internal.media.MediaSession "))
          .noneMatch(line -> line.contains("internal.rtp.ReceiveStream "))
          .noneMatch(line -> line.contains("internal.rtp.cc."));
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program of its own JVM. */
  static final class DataOnlyProgram {
    private DataOnlyProgram() {}

    public static void main(String[] args) {
      try (PeerConnectionFactory factory = loopback();
          Peers peers = new Peers(factory, RTCConfiguration.DEFAULT)) {
        peers.trickle();
        RTCDataChannel channel = peers.a.createDataChannel("any");
        peers.negotiate();
        await(channel.opened());
      }
    }
  }

  private static PeerConnectionFactory loopback() {
    return PeerConnectionFactory.builder().loops(1).loopbackOnly().build();
  }
}
