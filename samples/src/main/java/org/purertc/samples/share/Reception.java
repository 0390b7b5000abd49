package org.purertc.samples.share;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelInit;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.WebSocketSignaling;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.FileChannels;
import org.purertc.samples.transfer.ReceiverOptions;
import org.purertc.samples.transfer.SerialEnd;
import org.purertc.samples.transfer.TransferEnd;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferListener;
import org.purertc.samples.transfer.TransferReceiver;
import org.purertc.samples.transfer.TransferResult;
import org.purertc.samples.transfer.TransferTarget;

/** Connects to a sender and takes its file. */
final class Reception {
  private static final Duration SERVER_LIMIT = Duration.ofSeconds(20);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

  /** For the last word to the sender. */
  private static final Duration FAREWELL_LIMIT = Duration.ofSeconds(2);

  private Reception() {}

  /**
   * Runs one transfer to its end.
   *
   * @throws IOException says in one line why there is no file
   */
  static TransferResult run(
      ShareLink from, RTCPeerConnection peer, TransferTarget target, TransferListener listener)
      throws IOException {
    RTCDataChannel channel =
        peer.createDataChannel(
            "file", RTCDataChannelInit.DEFAULT.withProtocol(FileChannels.PROTOCOL));
    TransferEnd end =
        new SerialEnd(
            new TransferReceiver(
                FileChannels.of(peer, channel),
                target,
                ReceiverOptions.DEFAULT.withListener(listener)));
    CompletableFuture<Negotiator> negotiator = new CompletableFuture<>();
    try (WebSocketSignaling signaling =
        WebSocketSignaling.open(
            from.signaling(),
            SERVER_LIMIT,
            message -> {
              var unused = negotiator.thenAccept(it -> it.receive(message));
            },
            reason -> end.onLost("the sender is gone: " + reason))) {
      watch(peer, channel, end);
      FileChannels.run(channel, end);
      Negotiator talks = new Negotiator(peer, CandidateMode.TRICKLE, signaling::send, end::onLost);
      negotiator.complete(talks);
      talks.offer();
      return await(peer, end);
    } catch (SignalingException e) {
      throw new TransferException(FailureCode.OTHER, String.valueOf(e.getMessage()));
    }
  }

  private static TransferResult await(RTCPeerConnection peer, TransferEnd end)
      throws TransferException {
    try {
      return end.result().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw new TransferException(
          FailureCode.OTHER, String.valueOf((cause == null ? e : cause).getMessage()));
    } finally {
      var unused = peer.closeGracefully(FAREWELL_LIMIT).handle((done, lost) -> true).join();
    }
  }

  private static void watch(RTCPeerConnection peer, RTCDataChannel channel, TransferEnd end) {
    peer.onConnectionStateChange(
        state -> {
          if (state == RTCPeerConnectionState.FAILED) {
            String reason = peer.failureReason();
            end.onLost(reason == null ? "the connection failed" : reason);
          }
        });
    var unusedEnd = peer.closed().thenRun(() -> end.onLost("the connection was closed"));
    var unusedOpening =
        channel
            .opened()
            .thenApply(open -> true)
            .completeOnTimeout(false, CONNECT_LIMIT.toSeconds(), TimeUnit.SECONDS)
            .thenAccept(
                open -> {
                  if (!open) {
                    end.onLost(
                        "no connection within "
                            + CONNECT_LIMIT.toSeconds()
                            + " s: a firewall may block UDP between the machines");
                  }
                });
  }
}
