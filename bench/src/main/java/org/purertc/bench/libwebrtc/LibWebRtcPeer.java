package org.purertc.bench.libwebrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.SignalingMessage.Candidate;
import org.purertc.samples.signaling.SignalingMessage.Description;

/**
 * One libwebrtc connection: offer and answer, candidates one by one.
 *
 * <p>All calls into libwebrtc happen on one executor, never inside its callbacks.
 */
final class LibWebRtcPeer implements PeerConnectionObserver, AutoCloseable {

  /** What the owner hears, on libwebrtc's signalling thread. */
  interface Listener {
    /** Carries a message to the other side. */
    void send(SignalingMessage message);

    /** The other side made a channel. */
    void onChannel(RTCDataChannel channel);

    /** The connection's state changed. */
    default void onState(RTCPeerConnectionState state) {}

    /** A description or candidate could not be used. */
    void onError(String reason);
  }

  private final LibWebRtcFactory factory;
  private final Executor calls;
  private final Listener listener;
  private final RTCPeerConnection connection;
  private final List<RTCIceCandidate> early = new ArrayList<>();
  private @Nullable VideoEcho videoEcho;
  private boolean described;
  private boolean closed;

  LibWebRtcPeer(LibWebRtcFactory factory, Listener listener) {
    this.factory = factory;
    this.calls = factory.calls();
    this.listener = listener;
    this.connection = factory.create(new RTCConfiguration(), this);
  }

  RTCDataChannel createDataChannel(String label, RTCDataChannelInit init) {
    return connection.createDataChannel(label, init);
  }

  /** Sends the pictures back that come; to be called before there is an offer. */
  void echoVideo(VideoEcho echo) {
    call(
        () -> {
          videoEcho = echo;
          connection.addTrack(factory.createVideoTrack(echo.source()), List.of("echo"));
        });
  }

  @Override
  public void onTrack(RTCRtpTransceiver transceiver) {
    call(
        () -> {
          VideoEcho echo = videoEcho;
          if (echo != null && transceiver.getReceiver().getTrack() instanceof VideoTrack track) {
            echo.show(track);
          }
        });
  }

  void offer() {
    call(() -> connection.createOffer(new RTCOfferOptions(), new Local("offer")));
  }

  void receive(SignalingMessage message) {
    if (message instanceof Description it) {
      call(() -> describe(it.description().type().toString(), it.description().sdp()));
    } else if (message instanceof Candidate it && !it.candidate().candidate().isEmpty()) {
      call(() -> add(candidate(it.candidate())));
    }
  }

  private void call(Runnable task) {
    calls.execute(
        () -> {
          if (!closed) {
            task.run();
          }
        });
  }

  private void describe(String type, String sdp) {
    boolean offer = type.equals("offer");
    RTCSdpType sdpType = offer ? RTCSdpType.OFFER : RTCSdpType.ANSWER;
    connection.setRemoteDescription(
        new RTCSessionDescription(sdpType, sdp),
        new SetSessionDescriptionObserver() {
          @Override
          public void onSuccess() {
            call(() -> described(offer));
          }

          @Override
          public void onFailure(String error) {
            listener.onError(error);
          }
        });
  }

  private void described(boolean offer) {
    if (offer) {
      connection.createAnswer(new RTCAnswerOptions(), new Local("answer"));
    }
    described = true;
    early.forEach(connection::addIceCandidate);
    early.clear();
  }

  private void add(RTCIceCandidate candidate) {
    if (described) {
      connection.addIceCandidate(candidate);
    } else {
      early.add(candidate);
    }
  }

  private static RTCIceCandidate candidate(org.purertc.RTCIceCandidate candidate) {
    String mid = candidate.sdpMid();
    Integer index = candidate.sdpMLineIndex();
    return new RTCIceCandidate(
        mid == null ? "" : mid, index == null ? 0 : index, candidate.candidate());
  }

  /** Applies a description that was made here, and sends it. */
  private final class Local implements CreateSessionDescriptionObserver {
    private final String type;

    Local(String type) {
      this.type = type;
    }

    @Override
    public void onSuccess(RTCSessionDescription description) {
      call(() -> apply(description));
    }

    @Override
    public void onFailure(String error) {
      listener.onError(error);
    }

    private void apply(RTCSessionDescription description) {
      // Before it is set, because its candidates come during that.
      org.purertc.RTCSdpType sdpType =
          type.equals("offer") ? org.purertc.RTCSdpType.OFFER : org.purertc.RTCSdpType.ANSWER;
      listener.send(
          new Description(new org.purertc.RTCSessionDescription(sdpType, description.sdp)));
      connection.setLocalDescription(
          description,
          new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {}

            @Override
            public void onFailure(String error) {
              listener.onError(error);
            }
          });
    }
  }

  @Override
  public void onIceCandidate(RTCIceCandidate candidate) {
    listener.send(
        new Candidate(
            new org.purertc.RTCIceCandidate(
                candidate.sdp, candidate.sdpMid, candidate.sdpMLineIndex, null)));
  }

  @Override
  public void onDataChannel(RTCDataChannel channel) {
    listener.onChannel(channel);
  }

  @Override
  public void onConnectionChange(RTCPeerConnectionState state) {
    listener.onState(state);
  }

  /** Returns when libwebrtc has closed it; not to be called by a listener. */
  @Override
  public void close() {
    CompletableFuture.runAsync(this::closeNow, calls).join();
  }

  private void closeNow() {
    closed = true;
    connection.close();
  }
}
