package org.purertc;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.purertc.MediaStreamTrack.TrackIdentity;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.HeaderExtension;
import org.purertc.internal.jsep.NegotiatedMedia;
import org.purertc.internal.media.MediaFrame;
import org.purertc.internal.media.MediaTransceiver;
import org.purertc.internal.media.TransceiverListener;
import org.purertc.internal.media.TransceiverState;

/**
 * A transceiver apart from the objects that its user holds: what the user asks goes to the loop,
 * what the loop tells becomes snapshots and events.
 */
final class TransceiverCore implements TransceiverListener {
  private final PeerMedia peer;
  private final MediaKind kind;
  private final MediaTransceiver port;
  private final RTCRtpTransceiver transceiver;
  private final RTCRtpSender sender;
  private final RTCRtpReceiver receiver;
  private final RemoteOrigin origin = new RemoteOrigin();
  private final List<MediaStream> remoteStreams = new ArrayList<>(); // loop thread only
  private boolean remoteSends; // loop thread only
  private volatile RTCRtpTransceiverDirection direction;
  private volatile TransceiverState state;
  private volatile @Nullable RTCRtpCodec sendCodec;
  private volatile boolean stopping;
  private volatile boolean closed;
  private final MediaStreamTrack track;

  TransceiverCore(PeerMedia peer, MediaKind kind, RTCRtpTransceiverInit init) {
    this.peer = peer;
    this.kind = kind;
    direction = init.direction();
    port = peer.newPort(kind, init, this);
    state = port.state();
    track = newTrack(UUID.randomUUID().toString());
    transceiver = new RTCRtpTransceiver(this);
    // W3C WebRTC section 5.1, addTransceiver: a lone encoding has no rid.
    sender = new RTCRtpSender(this, init.encoding().withRid(null));
    receiver = new RTCRtpReceiver(this, track);
  }

  private MediaStreamTrack newTrack(String id) {
    TrackIdentity identity = new TrackIdentity(kind, id, "remote " + kind);
    return new MediaStreamTrack(identity, true, origin, peer.callbacks());
  }

  boolean belongsTo(PeerMedia other) {
    return peer == other;
  }

  MediaKind kind() {
    return kind;
  }

  MediaTransceiver port() {
    return port;
  }

  RTCRtpTransceiver transceiver() {
    return transceiver;
  }

  RTCRtpSender sender() {
    return sender;
  }

  RTCRtpReceiver receiver() {
    return receiver;
  }

  TransceiverState state() {
    return state;
  }

  /** W3C: whether it was ever used to send. */
  boolean hasSent() {
    return state.hasSent();
  }

  boolean isStopped() {
    return stopping || state.stopped();
  }

  RTCRtpTransceiverDirection direction() {
    return isStopped() ? RTCRtpTransceiverDirection.STOPPED : direction;
  }

  @Nullable RTCRtpTransceiverDirection currentDirection() {
    TransceiverState now = state;
    if (now.stopped() || closed) {
      return RTCRtpTransceiverDirection.STOPPED;
    }
    return now.currentDirection() == null
        ? null
        : RTCRtpTransceiverDirection.valueOf(now.currentDirection().name());
  }

  synchronized void direction(RTCRtpTransceiverDirection wanted) {
    if (isStopped()) {
      throw new RTCException("InvalidStateError", "direction: this transceiver is stopped");
    }
    if (wanted == RTCRtpTransceiverDirection.STOPPED) {
      throw new RTCException("TypeError", "direction: call stop() to stop a transceiver");
    }
    direction = wanted;
    onLoop(p -> p.setDirection(PeerMedia.direction(wanted)));
  }

  synchronized void stop() {
    peer.requireOpen("stop");
    if (!stopping) {
      stopping = true;
      sender.release();
      track.end();
      onLoop(MediaTransceiver::stop);
    }
  }

  void setCodecPreferences(List<RTCRtpCodec> codecs) {
    List<Codec> preferred = Capabilities.preferred(kind, codecs);
    onLoop(p -> p.setCodecPreferences(preferred));
  }

  void setStreams(List<MediaStream> streams) {
    peer.requireOpen("setStreams");
    List<String> ids = streams.stream().map(MediaStream::id).toList();
    onLoop(p -> p.setStreams(ids));
  }

  /** W3C WebRTC section 5.1, addTrack and removeTrack. */
  synchronized void setTrack(@Nullable MediaStreamTrack next) {
    direction = direction.sending(next != null);
    sender.attach(next);
    String id = next == null ? null : next.id();
    RTCRtpTransceiverDirection wanted = direction;
    onLoop(
        p -> {
          if (id == null) {
            p.setTrack(null);
          } else {
            p.addTrack(id);
          }
          p.setDirection(PeerMedia.direction(wanted));
        });
  }

  CompletableFuture<Void> replaceTrack(@Nullable MediaStreamTrack next) {
    return peer.operation(
        "replaceTrack",
        () -> {
          if (isStopped()) {
            throw new RTCException("InvalidStateError", "replaceTrack: the transceiver is stopped");
          }
          sender.attach(next);
          sender.introduce();
          port.setTrack(next == null ? null : next.id());
        });
  }

  void encodingChanged(RTCRtpEncodingParameters encoding) {
    long limit = encoding.maxBitrate() == null ? Long.MAX_VALUE : encoding.maxBitrate();
    onLoop(p -> p.encoding(encoding.active(), limit));
  }

  /** W3C WebRTC section 7.2, determine if DTMF can be sent. */
  boolean canSendTones() {
    NegotiatedMedia media = state.media();
    RTCRtpTransceiverDirection current = currentDirection();
    return peer.isConnected()
        && !isStopped()
        && media != null
        && current != null
        && current.sends()
        && sender.encoding().active()
        && hasTones(media.sendCodecs());
  }

  private static boolean hasTones(List<Codec> codecs) {
    return codecs.stream()
        .anyMatch(codec -> codec.mimeType().equalsIgnoreCase("audio/telephone-event"));
  }

  @Nullable RTCDtlsTransport transport() {
    return state.media() == null ? null : peer.transport(state.media().transport());
  }

  @Nullable RTCRtpCodec sendCodec() {
    return sendCodec;
  }

  RTCRtpParameters sendParameters() {
    NegotiatedMedia media = state.media();
    return media == null
        ? parameters(List.of(), List.of(), port.cname(), false)
        : parameters(
            media.sendCodecs(), media.sendExtensions(), port.cname(), media.reducedSizeRtcp());
  }

  RTCRtpParameters receiveParameters() {
    NegotiatedMedia media = state.media();
    return media == null
        ? parameters(List.of(), List.of(), "", false)
        : parameters(
            media.receiveCodecs(),
            media.receiveExtensions(),
            media.remoteSources().isEmpty() ? "" : media.remoteSources().get(0).cname(),
            media.reducedSizeRtcp());
  }

  private static RTCRtpParameters parameters(
      List<Codec> codecs, List<HeaderExtension> extensions, String cname, boolean reducedSize) {
    return new RTCRtpParameters(
        codecs.stream()
            .map(c -> new RTCRtpCodecParameters(Capabilities.codec(c), c.payloadType()))
            .toList(),
        extensions.stream().map(e -> new RTCRtpHeaderExtensionParameters(e.uri(), e.id())).toList(),
        cname,
        reducedSize);
  }

  CompletableFuture<RTCStatsReport> getStats(boolean ofSender) {
    return peer.getStats(port, ofSender);
  }

  /** Hands a request to the loop; nothing happens after the connection was closed. */
  void onLoop(RTCRtpSender.OnLoop request) {
    peer.onLoop(() -> request.run(port));
  }

  /** The connection was closed: no event. */
  void close() {
    closed = true;
    stopping = true;
    sender.release();
    track.stop();
  }

  @Override
  public void onNegotiated(TransceiverState now) {
    state = now;
    if (now.stopped() && !stopping) {
      stopping = true; // the remote peer rejected or ended it
      sender.release();
      track.end();
    }
  }

  @Override
  public void onRemoteTrack(List<String> streamIds, String trackId) {
    setRemoteStreams(streamIds);
    if (!remoteSends) {
      remoteSends = true;
      peer.fireTrack(new RTCTrackEvent(receiver, track, List.copyOf(remoteStreams), transceiver));
    }
  }

  private void setRemoteStreams(List<String> streamIds) {
    List<MediaStream> now = streamIds.stream().distinct().map(peer::remoteStream).toList();
    for (MediaStream stream : remoteStreams) {
      if (!now.contains(stream)) {
        peer.removeFrom(stream, track);
      }
    }
    now.forEach(stream -> stream.added(track, peer.callbacks()));
    remoteStreams.clear();
    remoteStreams.addAll(now);
  }

  @Override
  public String trackId() {
    return track.id();
  }

  @Override
  public void onRemoteTrackRemoved() {
    remoteSends = false;
    track.muted(true); // W3C WebRTC section 4.4.1.5: before the events of its streams
    setRemoteStreams(List.of());
  }

  @Override
  public void onFrame(MediaFrame frame) {
    track.deliver(encoded(frame));
  }

  private static EncodedFrame encoded(MediaFrame frame) {
    return new EncodedFrame(
        frame.mimeType(), frame.data(), frame.timestampUs(), frame.durationUs(), frame.keyFrame());
  }

  @Override
  public void onGap(long timestampUs, long durationUs, @Nullable MediaFrame next) {
    track.deliver(new FrameGap(timestampUs, durationUs, next == null ? null : encoded(next)));
  }

  @Override
  public void onReceiving(boolean receiving) {
    track.muted(!receiving);
  }

  @Override
  public void onKeyFrameRequest() {
    peer.callbacks().event(sender::keyFrameRequested);
  }

  @Override
  public void onTargetBitrate(long bitsPerSecond) {
    peer.callbacks().event(() -> sender.targetBitrate(bitsPerSecond));
  }

  @Override
  public void onSendCodec(Codec codec) {
    RTCRtpCodec negotiated = Capabilities.codec(codec);
    if (!negotiated.equals(sendCodec)) {
      sendCodec = negotiated;
      peer.callbacks().event(() -> sender.codecNegotiated(negotiated));
    }
  }

  @Override
  public void onTone(String tone, String rest) {
    RTCDTMFSender dtmf = sender.dtmf();
    if (dtmf != null) {
      peer.callbacks().event(() -> dtmf.toneChanged(tone, rest));
    }
  }

  @Override
  public void onReceivedTone(String tone) {
    peer.callbacks().event(() -> receiver.toneReceived(tone));
  }

  /** The remote peer makes the frames of the received track. */
  private final class RemoteOrigin implements FrameOrigin {

    @Override
    public void requestKeyFrame() {
      onLoop(MediaTransceiver::requestKeyFrame);
    }

    @Override
    public void forwarding(boolean begins) {
      onLoop(port -> port.forwarding(begins ? 1 : -1));
    }

    @Override
    public void targetBitrate(FrameSink sender, long bitsPerSecond) {
      // Nothing tells a remote encoder what another connection carries but its own feedback.
    }

    @Override
    public void codecNegotiated(RTCRtpCodec codec) {
      // The remote peer has its own negotiation; a frame in another codec is passed over.
    }
  }
}
