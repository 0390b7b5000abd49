package org.purertc.interop.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCIceCandidatePair;
import org.purertc.RTCPeerConnection;

/** Two factories on one interface with multicast, both with hidden addresses, over real sockets. */
@Tag("interop")
class HiddenPeersTest {
  private static final String NAME = "[0-9a-f-]{36}\\.local";
  private static final long LIMIT_SECONDS = 60;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findEachOther(boolean ipv6) throws Exception {
    try (NetworkNamespace network = new NetworkNamespace()) {
      if (ipv6) {
        network.useIpv6();
      }
      try (PeerConnectionFactory a = factory(network);
          PeerConnectionFactory b = factory(network);
          RTCPeerConnection offerer = a.createPeerConnection(RTCConfiguration.DEFAULT);
          RTCPeerConnection answerer = b.createPeerConnection(RTCConfiguration.DEFAULT)) {
        RTCDataChannel channel = offerer.createDataChannel("chat");
        await(offerer.setLocalDescription());
        await(answerer.setRemoteDescription(await(offerer.gatheringComplete())));
        await(answerer.setLocalDescription());
        await(offerer.setRemoteDescription(await(answerer.gatheringComplete())));
        await(channel.opened());
        RTCIceCandidatePair pair =
            offerer.sctp().transport().iceTransport().getSelectedCandidatePair();
        assertThat(pair.local().address()).matches(NAME);
        assertThat(offerer.localDescription().sdp())
            .containsPattern(NAME)
            .doesNotContain(" " + network.outside())
            .doesNotContain(" fd00:");
      }
      assertThat(loopsAfter(20)).isEmpty();
    }
  }

  private static PeerConnectionFactory factory(NetworkNamespace network) {
    return PeerConnectionFactory.builder()
        .hideLocalAddresses()
        .interfaceFilter(network.cable()::equals)
        .build();
  }

  /** The loops that still run; waits for their end, for so many seconds at most. */
  private static List<Thread> loopsAfter(int seconds) throws InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> running;
    do {
      running =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("purertc-loop"))
              .toList();
      for (Thread each : running) {
        each.join(TimeUnit.SECONDS.toMillis(1));
      }
    } while (!running.isEmpty() && System.nanoTime() < endNs);
    return running;
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
