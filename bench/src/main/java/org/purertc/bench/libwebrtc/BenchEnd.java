package org.purertc.bench.libwebrtc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.SignalingMessage;

/** One end of a measured pair, with its channel {@code bench}. */
final class BenchEnd implements LibWebRtcPeer.Listener, AutoCloseable {
  private static final long CONNECT_LIMIT_SECONDS = 30;

  /** Where this end's signalling goes. */
  @FunctionalInterface
  interface Out {
    void send(SignalingMessage message);
  }

  private final boolean offers;
  private final Out out;
  private final @Nullable Traffic traffic;
  private final CompletableFuture<RTCDataChannel> open = new CompletableFuture<>();
  private final LibWebRtcPeer peer;

  private BenchEnd(LibWebRtcFactory factory, Out out, @Nullable Traffic traffic, boolean offers) {
    this.offers = offers;
    this.out = out;
    this.traffic = traffic;
    this.peer = new LibWebRtcPeer(factory, this);
    if (offers) {
      watch(peer.createDataChannel("bench", new RTCDataChannelInit()));
    }
  }

  static BenchEnd offerer(LibWebRtcFactory factory, Out out, @Nullable Traffic traffic) {
    return new BenchEnd(factory, out, traffic, true);
  }

  static BenchEnd answerer(LibWebRtcFactory factory, Out out, @Nullable Traffic traffic) {
    return new BenchEnd(factory, out, traffic, false);
  }

  void offerIfOfferer() {
    if (offers) {
      peer.offer();
    }
  }

  void receive(SignalingMessage message) {
    peer.receive(message);
  }

  /** The channel, when it is open. */
  RTCDataChannel awaitOpen() {
    return open.orTimeout(CONNECT_LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Runs this end's part of the traffic. */
  @Nullable ObjectNode run() throws Exception {
    RTCDataChannel channel = awaitOpen();
    if (traffic == null) {
      return null;
    }
    return offers ? traffic.offer(channel) : traffic.answer();
  }

  private void watch(RTCDataChannel channel) {
    channel.registerObserver(
        new RTCDataChannelObserver() {
          @Override
          public void onBufferedAmountChange(long previousAmount) {
            if (traffic != null && offers) {
              traffic.onBufferedAmountChange();
            }
          }

          @Override
          public void onStateChange() {
            completeIfOpen(channel);
          }

          @Override
          public void onMessage(RTCDataChannelBuffer buffer) {
            if (traffic == null) {
              return;
            }
            if (offers) {
              traffic.onMessageAtOfferer(buffer);
            } else {
              traffic.onMessageAtAnswerer(channel, buffer);
            }
          }
        });
    // It may have opened before anybody observed it.
    completeIfOpen(channel);
  }

  private void completeIfOpen(RTCDataChannel channel) {
    if (channel.getState() == RTCDataChannelState.OPEN) {
      open.complete(channel);
    }
  }

  @Override
  public void send(SignalingMessage message) {
    out.send(message);
  }

  @Override
  public void onChannel(RTCDataChannel channel) {
    watch(channel);
  }

  @Override
  public void onError(String reason) {
    open.completeExceptionally(new IllegalStateException(reason));
  }

  @Override
  public void close() {
    peer.close();
  }
}
