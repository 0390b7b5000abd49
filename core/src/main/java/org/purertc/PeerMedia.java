package org.purertc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.media.MediaTransceiver;
import org.purertc.internal.media.TransceiverListener;
import org.purertc.sdp.MediaDirection;

/** The audio and video of one peer connection, as its user sees it; W3C WebRTC section 5. */
final class PeerMedia {
  private final PeerCore peer;
  private final List<TransceiverCore> transceivers = new CopyOnWriteArrayList<>();
  private final Map<String, MediaStream> remoteStreams = new LinkedHashMap<>(); // loop thread only

  PeerMedia(PeerCore peer) {
    this.peer = peer;
  }

  List<RTCRtpTransceiver> getTransceivers() {
    return transceivers.stream().map(TransceiverCore::transceiver).toList();
  }

  List<RTCRtpSender> getSenders() {
    return live().map(TransceiverCore::sender).toList();
  }

  List<RTCRtpReceiver> getReceivers() {
    return live().map(TransceiverCore::receiver).toList();
  }

  /** W3C WebRTC section 4.4.1.5: closing stops all of them. */
  private Stream<TransceiverCore> live() {
    return transceivers.stream().filter(each -> !each.state().stopped() && !peer.isClosed());
  }

  /** W3C WebRTC section 5.1, addTrack: an unused transceiver takes it, or a new one. */
  RTCRtpSender addTrack(MediaStreamTrack track, List<MediaStream> streams) {
    RTCRtpSender sender = senderOf(track, streams);
    sender.introduce();
    return sender;
  }

  private synchronized RTCRtpSender senderOf(MediaStreamTrack track, List<MediaStream> streams) {
    requireOpen("addTrack");
    for (TransceiverCore each : transceivers) {
      if (!each.isStopped() && each.sender().track() == track) {
        throw new RTCException("InvalidAccessError", "addTrack: " + track + " is sent already");
      }
    }
    for (TransceiverCore each : transceivers) {
      if (each.kind() == track.kind()
          && !each.isStopped()
          && each.sender().track() == null
          && !each.hasSent()) {
        each.setStreams(streams);
        each.setTrack(track);
        return each.sender();
      }
    }
    RTCRtpTransceiverInit init =
        new RTCRtpTransceiverInit(
            RTCRtpTransceiverDirection.SENDRECV,
            streams,
            List.of(RTCRtpEncodingParameters.DEFAULT));
    return add(track.kind(), track, init, true).sender();
  }

  synchronized void removeTrack(RTCRtpSender sender) {
    requireOpen("removeTrack");
    if (!sender.belongsTo(this)) {
      throw new RTCException(
          "InvalidAccessError", "removeTrack: the sender belongs to another connection");
    }
    transceivers.stream()
        .filter(each -> each.sender() == sender && !each.isStopped() && sender.track() != null)
        .forEach(each -> each.setTrack(null));
  }

  RTCRtpTransceiver addTransceiver(
      MediaKind kind, @Nullable MediaStreamTrack track, RTCRtpTransceiverInit init) {
    requireOpen("addTransceiver");
    if (init.direction() == RTCRtpTransceiverDirection.STOPPED) {
      throw new RTCException("TypeError", "addTransceiver: it cannot begin stopped");
    }
    RTCRtpTransceiverInit checked =
        new RTCRtpTransceiverInit(
            init.direction(), init.streams(), SendEncodings.checked(kind, init.sendEncodings()));
    TransceiverCore created = add(kind, track, checked, false);
    created.sender().introduce();
    return created.transceiver();
  }

  private synchronized TransceiverCore add(
      MediaKind kind,
      @Nullable MediaStreamTrack track,
      RTCRtpTransceiverInit init,
      boolean byTrack) {
    TransceiverCore created = new TransceiverCore(this, kind, init);
    transceivers.add(created);
    String trackId = track == null ? null : track.id();
    List<String> streamIds = init.streams().stream().map(MediaStream::id).toList();
    peer.onLoop(
        session -> {
          MediaTransceiver port = created.port();
          port.setStreams(streamIds);
          if (byTrack && trackId != null) {
            port.addTrack(trackId);
          } else {
            port.setTrack(trackId);
          }
          session.addTransceiver(port);
        });
    created.encodingsChanged(init.sendEncodings());
    created.sender().attach(track);
    return created;
  }

  /** The remote's offer needs one; loop thread. */
  MediaTransceiver remoteTransceiver(MediaKind kind) {
    TransceiverCore created =
        new TransceiverCore(
            this, kind, RTCRtpTransceiverInit.of(RTCRtpTransceiverDirection.RECVONLY));
    transceivers.add(created);
    return created.port();
  }

  /** It was stopped and its section freed, or the offer that made it was rolled back. */
  void forget(MediaTransceiver port) {
    transceivers.removeIf(each -> each.port() == port);
  }

  MediaTransceiver newPort(
      MediaKind kind, RTCRtpTransceiverInit init, TransceiverListener listener) {
    return peer.newTransceiver(
        MediaKinds.section(kind),
        direction(init.direction()),
        SendEncodings.rids(init.sendEncodings()),
        listener);
  }

  static MediaDirection direction(RTCRtpTransceiverDirection direction) {
    return MediaDirection.valueOf(direction.name());
  }

  boolean isConnected() {
    return peer.snapshot.connectionState == RTCPeerConnectionState.CONNECTED;
  }

  void requireOpen(String call) {
    if (peer.isClosed()) {
      throw new RTCException("InvalidStateError", call + ": this connection is closed");
    }
  }

  Callbacks callbacks() {
    return peer.callbacks();
  }

  void onLoop(Runnable request) {
    peer.onLoop(session -> request.run());
  }

  CompletableFuture<Void> operation(String call, Runnable operation) {
    return peer.operations().run(call, operation);
  }

  /** W3C WebRTC section 4.4.2, getStats: the track selects one sender or one receiver. */
  CompletableFuture<RTCStatsReport> getStats(MediaStreamTrack selector) {
    List<TransceiverCore> sending =
        live().filter(each -> each.sender().track() == selector).toList();
    List<TransceiverCore> receiving =
        live().filter(each -> each.receiver().track() == selector).toList();
    if (sending.size() + receiving.size() != 1) {
      return CompletableFuture.failedFuture(
          new RTCException(
              "InvalidAccessError",
              "getStats: "
                  + (sending.size() + receiving.size())
                  + " senders and receivers have "
                  + selector
                  + ", ask one of them"));
    }
    return sending.isEmpty() ? receiving.get(0).getStats(false) : sending.get(0).getStats(true);
  }

  CompletableFuture<RTCStatsReport> getStats(@Nullable MediaTransceiver port, boolean ofSender) {
    return peer.getStats(port, ofSender);
  }

  RTCDtlsTransport transport(int index) {
    return peer.snapshot.dtls(index);
  }

  /** Loop thread. */
  MediaStream remoteStream(String id) {
    return remoteStreams.computeIfAbsent(id, MediaStream::new);
  }

  /** Loop thread. */
  void removeFrom(MediaStream stream, MediaStreamTrack track) {
    stream.removed(track, callbacks());
    if (stream.getTracks().isEmpty()) {
      remoteStreams.remove(stream.id());
    }
  }

  /** Loop thread. */
  void fireTrack(RTCTrackEvent event) {
    peer.events.track.fire(event);
    callbacks().execute(event.track()::announced);
  }

  /** The connection was closed. */
  void close() {
    transceivers.forEach(TransceiverCore::close);
  }
}
