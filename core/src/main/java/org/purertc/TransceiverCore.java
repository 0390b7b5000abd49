package org.purertc;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.HeaderExtension;
import org.purertc.internal.jsep.NegotiatedMedia;
import org.purertc.internal.media.MediaFrame;
import org.purertc.internal.media.MediaPacket;
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
  private final ReceivedTracks received;
  private final Map<String, Long> newTargetBitrates = new ConcurrentHashMap<>(1);
  private final BoundedEvents tones;
  private volatile RTCRtpTransceiverDirection direction;
  private volatile TransceiverState state;
  private volatile @Nullable RTCRtpCodec sendCodec;
  private volatile boolean stopping;
  private volatile boolean closed;

  TransceiverCore(PeerMedia peer, MediaKind kind, RTCRtpTransceiverInit init) {
    this.peer = peer;
    this.kind = kind;
    tones = new BoundedEvents(peer.callbacks());
    direction = init.direction();
    port = peer.newPort(kind, init, this);
    state = port.state();
    received = new ReceivedTracks(peer, kind, this::onLoop);
    transceiver = new RTCRtpTransceiver(this);
    sender = new RTCRtpSender(this, init.sendEncodings());
    receiver = new RTCRtpReceiver(this, received.track(), new PacketInbox(peer.callbacks()));
  }

  /** One simulcast layer of the remote. */
  MediaStreamTrack layer(String rid) {
    return received.layer(rid);
  }

  List<String> receivedRids() {
    NegotiatedMedia media = state.media();
    return media == null ? List.of() : media.receiveRids();
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
      received.end();
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

  void encodingsChanged(List<RTCRtpEncodingParameters> encodings) {
    onLoop(p -> encodings.forEach(each -> p.limit(each.key(), each.limit())));
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
        && sender.isActive()
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
    received.stop();
  }

  @Override
  public void onNegotiated(TransceiverState now) {
    state = now;
    sender.keepEncodings(now.sendRids());
    if (now.stopped() && !stopping) {
      stopping = true; // the remote peer rejected or ended it
      sender.release();
      received.end();
    }
  }

  @Override
  public void onRemoteTrack(List<String> streamIds, String trackId) {
    if (received.added(streamIds)) {
      peer.fireTrack(
          new RTCTrackEvent(receiver, received.track(), received.streams(), transceiver));
    }
  }

  @Override
  public String trackId() {
    return received.track().id();
  }

  @Override
  public void onRemoteTrackRemoved() {
    received.removed();
  }

  @Override
  public void onFrame(MediaFrame frame) {
    received.deliver(frame);
  }

  @Override
  public void onLayerFrame(String rid, MediaFrame frame) {
    received.deliver(rid, frame);
  }

  @Override
  public void onPacket(MediaPacket packet) {
    receiver.packetReceived(Capabilities.packet(packet));
  }

  @Override
  public void onGap(long timestampUs, long durationUs, @Nullable MediaFrame next) {
    received.gap(timestampUs, durationUs, next);
  }

  @Override
  public void onReceiving(boolean receiving) {
    received.receiving(receiving);
  }

  @Override
  public void onKeyFrameRequest(String rid) {
    peer.callbacks().event(() -> sender.keyFrameRequested(rid));
  }

  @Override
  public void onTargetBitrate(String rid, long bitsPerSecond) {
    // Feedback may come faster than the program takes it: only the newest counts.
    if (newTargetBitrates.put(rid, bitsPerSecond) == null) {
      peer.callbacks().event(() -> newTargetBitrate(rid));
    }
  }

  private void newTargetBitrate(String rid) {
    Long newest = newTargetBitrates.remove(rid);
    if (newest != null) {
      sender.targetBitrate(rid, newest);
    }
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
    tones.event(() -> receiver.toneReceived(tone));
  }
}
