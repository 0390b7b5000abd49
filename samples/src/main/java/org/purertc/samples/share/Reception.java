package org.purertc.samples.share;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.WebSocketSignaling;
import org.purertc.samples.terminal.CommandFailure;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.FileChannels;
import org.purertc.samples.transfer.ReceiverOptions;
import org.purertc.samples.transfer.Role;
import org.purertc.samples.transfer.SerialEnd;
import org.purertc.samples.transfer.TransferEnd;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferReceiver;
import org.purertc.samples.transfer.TransferResult;
import org.purertc.samples.transfer.TransferTarget;

/** One connection to the sender of a link, from signalling to the last byte. */
final class Reception implements Attempt {
  private static final Duration SERVER_LIMIT = Duration.ofSeconds(20);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
  private static final int PROBE_LIMIT_MS = 5_000;

  /** For the last word to the sender. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final ShareLink link;
  private final RTCPeerConnection peer;
  private final RTCDataChannel channel;
  private final TransferEnd end;
  private final Reporter reporter;
  private boolean open;
  private boolean signalingGone;
  private boolean disconnected;

  Reception(
      ShareLink link,
      RTCPeerConnection peer,
      TransferTarget target,
      ReceiverOptions options,
      Reporter reporter) {
    this.link = link;
    this.peer = peer;
    this.reporter = reporter;
    channel = FileChannels.open(peer);
    end =
        new SerialEnd(
            new TransferReceiver(
                FileChannels.of(peer, channel),
                target,
                options.withAuthenticator(LinkProof.of(link.secret(), Role.RECEIVER, peer))));
  }

  @Override
  public TransferResult run(Runnable onContact, Consumer<String> onPath) throws TransferException {
    CompletableFuture<Negotiator> negotiator = new CompletableFuture<>();
    reporter.stage("asking " + link.host() + ":" + link.port());
    try (WebSocketSignaling signaling =
        WebSocketSignaling.open(
            link.signaling(),
            SERVER_LIMIT,
            message -> {
              var unused = negotiator.thenAccept(it -> it.receive(message));
            },
            this::onSignalingGone)) {
      onContact.run();
      watch(onPath);
      FileChannels.run(channel, end);
      Negotiator talks =
          new Negotiator(peer, CandidateMode.TRICKLE, signaling::send, this::onNoConnection);
      negotiator.complete(talks);
      talks.offer();
      return result();
    } catch (SignalingUnavailableException e) {
      end.onLost("no signalling");
      throw unavailable(e);
    }
  }

  private static TransferException unavailable(SignalingUnavailableException e) {
    String reason = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case UNKNOWN_ADDRESS, NOT_ALLOWED -> throw new CommandFailure(reason, ExitCodes.WRONG_PLACE);
      case REFUSED -> new TransferException(FailureCode.BUSY, reason);
      case UNREACHABLE -> new TransferException(FailureCode.LOST, reason);
    };
  }

  private TransferResult result() throws TransferException {
    try {
      return end.result().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof TransferException it
          ? it
          : new TransferException(FailureCode.OTHER, String.valueOf(e.getCause()));
    } finally {
      var unused = peer.closeGracefully(FAREWELL).handle((done, late) -> true).join();
    }
  }

  private void watch(Consumer<String> onPath) {
    peer.onConnectionStateChange(this::onState);
    var unusedEnd = peer.closed().thenRun(() -> end.onLost("the connection was closed"));
    var unusedOpening =
        channel
            .opened()
            .thenApply(done -> true)
            .completeOnTimeout(false, CONNECT_LIMIT.toSeconds(), TimeUnit.SECONDS)
            .thenAccept(inTime -> onOpen(inTime, onPath));
  }

  private void onOpen(boolean inTime, Consumer<String> onPath) {
    if (inTime) {
      synchronized (this) {
        open = true;
      }
      String path = PathName.of(peer);
      onPath.accept(path);
      reporter.stage("connected, " + path);
    } else {
      end.onLost(
          "no connection within "
              + CONNECT_LIMIT.toSeconds()
              + " s: a firewall may block UDP between the machines");
    }
  }

  private void onState(RTCPeerConnectionState state) {
    reporter.stage("connection " + state);
    boolean dead;
    synchronized (this) {
      disconnected = state == RTCPeerConnectionState.DISCONNECTED;
      dead = disconnected && signalingGone;
    }
    if (state == RTCPeerConnectionState.FAILED) {
      String reason = peer.failureReason();
      end.onLost(reason == null ? "the connection failed" : reason);
    } else if (dead) {
      end.onLost("the connection to the sender is lost");
    }
  }

  /** Signalling says why there will be no connection; of one that is there it may say anything. */
  private synchronized void onNoConnection(String reason) {
    if (!open) {
      end.onLost(reason);
    }
  }

  /** An open channel lives on without its signalling, unless the sender is gone, too. */
  private void onSignalingGone(String reason) {
    boolean dead;
    synchronized (this) {
      signalingGone = true;
      dead = !open || disconnected;
    }
    if (dead) {
      end.onLost("the sender is gone: " + reason);
    } else {
      var unused = CompletableFuture.runAsync(this::probe);
    }
  }

  /** A process that ended is known by its port at once, long before checks go unanswered. */
  private void probe() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(link.host(), link.port()), PROBE_LIMIT_MS);
    } catch (ConnectException e) {
      end.onLost("the sender is gone: nobody answers there any more");
    } catch (IOException e) {
      // The network may be down for a while: the connection itself finds out.
      reporter.stage("the sender's server does not answer");
    }
  }

  @Override
  public void leave() {
    end.leave("interrupted");
    var unused = peer.closeGracefully(FAREWELL).handle((done, late) -> true).join();
  }

  @Override
  public void close() {
    peer.close();
  }
}
