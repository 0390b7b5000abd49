package org.purertc.internal.media;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.Transceiver;
import org.purertc.sdp.MediaDirection;

/**
 * A transceiver with its streams: what the API asks of it, on the loop. Made on any thread; the
 * session takes it over.
 */
public final class MediaTransceiver {

  /** Who acts on what changes. */
  public interface Owner {
    /** Something that descriptions say has changed. */
    void onChanged(MediaTransceiver transceiver);

    /** Nothing is sent or received by it any more. */
    void onStopped(MediaTransceiver transceiver);

    /** Something is to be sent, or a deadline moved. */
    void touch();

    long nowNs();
  }

  private final Transceiver description;
  private final TransceiverListener listener;
  private final Owner owner;
  private @Nullable SendingMedia sending;
  private @Nullable SendingMedia paused;
  private @Nullable ReceivingMedia receiving;
  private boolean active = true;
  private long maxBitsPerSecond = Long.MAX_VALUE;
  private long jitterBufferTargetNs = -1;
  private int forwardingSenders;
  private boolean wantsPackets;

  /**
   * @param description with one source of its own
   */
  public MediaTransceiver(Transceiver description, TransceiverListener listener, Owner owner) {
    this.description = description;
    this.listener = listener;
    this.owner = owner;
  }

  /** What offers and answers say of it. */
  public Transceiver description() {
    return description;
  }

  /** As it is now; may be called before the session takes it over. */
  public TransceiverState state() {
    return new TransceiverState(
        description.mid(),
        description.direction(),
        description.currentDirection(),
        description.isStopped(),
        description.hasSent(),
        description.negotiated());
  }

  /** Of the packets that we send. */
  public String cname() {
    return description.sources().get(0).cname();
  }

  /** Another direction is wanted. */
  public void setDirection(MediaDirection direction) {
    if (!description.isStopping()) {
      description.setDirection(direction);
      owner.onChanged(this);
    }
  }

  /** Ends both halves; the next negotiation rejects the section. */
  public void stop() {
    description.stop();
    owner.onStopped(this);
    owner.onChanged(this);
  }

  public void setCodecPreferences(List<Codec> codecs) {
    description.setCodecPreferences(codecs);
  }

  public void setStreams(List<String> ids) {
    description.setStreamIds(ids);
    owner.onChanged(this);
  }

  /**
   * @param id of the track that is sent; null for none
   */
  public void setTrack(@Nullable String id) {
    description.setTrackId(id == null ? "" : id);
  }

  /** As {@link #setTrack}, by addTrack: a remote offer may take this transceiver. */
  public void addTrack(String id) {
    setTrack(id);
    description.markAddedByTrack();
  }

  /** Whether frames are sent, and how much at most. */
  public void encoding(boolean sent, long bitsPerSecond) {
    active = sent;
    maxBitsPerSecond = bitsPerSecond;
    SendingMedia streams = sending;
    if (streams != null) {
      streams.encoding(active, maxBitsPerSecond);
      streams.path().encodingChanged(owner.nowNs());
    }
  }

  /** Sends a frame, unless nothing was negotiated yet. */
  public void send(MediaFrame frame) {
    SendingMedia streams = sending;
    if (streams == null) {
      return; // W3C: what a track gives before it can be sent is lost
    }
    streams.send(frame, owner.nowNs());
    owner.touch();
  }

  /** Sends a packet of another stream, unless nothing was negotiated yet. */
  public void send(MediaPacket packet) {
    SendingMedia streams = sending;
    if (streams != null) {
      streams.send(packet, owner.nowNs());
      owner.touch();
    }
  }

  /** Packets were passed over before they came here. */
  public void interrupt() {
    SendingMedia streams = sending;
    if (streams != null) {
      streams.interrupt();
    }
  }

  /** Whether the packets of the received track are wanted as they come, beside its frames. */
  public void packets(boolean wanted) {
    wantsPackets = wanted;
    ReceivingMedia streams = receiving;
    if (streams != null) {
      streams.packets(wanted);
    }
  }

  /** Asks the remote for a key frame. */
  public void requestKeyFrame() {
    ReceivingMedia streams = receiving;
    if (streams != null) {
      streams.requestKeyFrame();
      owner.touch();
    }
  }

  /**
   * @param targetNs how long frames wait; -1 for the default
   */
  public void jitterBufferTarget(long targetNs) {
    jitterBufferTargetNs = targetNs;
    smooth();
  }

  /**
   * The received track was given to senders, or taken from them.
   *
   * @param senders so many more; negative for fewer
   */
  public void forwarding(int senders) {
    forwardingSenders += senders;
    smooth();
  }

  private void smooth() {
    ReceivingMedia streams = receiving;
    if (streams != null) {
      streams.smooth(
          new Smoothing(jitterBufferTargetNs, forwardingSenders > 0, streams.smoothing().extraNs()),
          owner.nowNs());
      owner.touch();
    }
  }

  /** Sends the tones of a telephone's keys instead of the track, RFC 4733. */
  public void insertTones(String tones, long durationNs, long gapNs) {
    SendingMedia streams = sending;
    if (streams != null) {
      streams.insertTones(tones, durationNs, gapNs, owner.nowNs());
      owner.touch();
    }
  }

  TransceiverListener listener() {
    return listener;
  }

  @Nullable SendingMedia sending() {
    return sending;
  }

  @Nullable ReceivingMedia receiving() {
    return receiving;
  }

  /**
   * What was sent before; null when nothing was. SRTP counts the packets of an SSRC (RFC 3711
   * section 3.3.1), so its sequence numbers go on where they were.
   */
  @Nullable SendingMedia paused() {
    return paused;
  }

  void startSending(SendingMedia streams) {
    sending = streams;
    paused = null;
    streams.encoding(active, maxBitsPerSecond);
  }

  void startReceiving(ReceivingMedia streams) {
    receiving = streams;
    streams.packets(wantsPackets);
    smooth();
  }

  /** What was sent; null when nothing was. */
  @Nullable SendingMedia endSending() {
    SendingMedia streams = sending;
    sending = null;
    paused = streams == null ? paused : streams;
    return streams;
  }

  void endReceiving() {
    ReceivingMedia streams = receiving;
    receiving = null;
    if (streams != null) {
      streams.end();
    }
  }
}
