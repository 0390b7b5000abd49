package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final List<String> rids;
  private final List<SendingMedia> sending = new ArrayList<>(1);
  private final List<SendingMedia> paused = new ArrayList<>(0);
  private final Map<String, EncodingLimit> limits = new HashMap<>();
  private final Set<String> layers = new HashSet<>();
  private @Nullable ReceivingMedia receiving;
  private long jitterBufferTargetNs = -1;
  private int forwardingSenders;
  private boolean wantsPackets;

  /**
   * @param description with a source of its own for each encoding
   */
  public MediaTransceiver(Transceiver description, TransceiverListener listener, Owner owner) {
    this.description = description;
    this.listener = listener;
    this.owner = owner;
    rids = description.sendRids().isEmpty() ? List.of("") : description.sendRids();
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
        description.sendRids(),
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

  /**
   * What an encoding may send.
   *
   * @param rid empty when it is the only one
   */
  public void limit(String rid, EncodingLimit limit) {
    limits.put(rid, limit);
    SendingMedia streams = sending(rid);
    if (streams != null) {
      streams.limit(limit);
      streams.path().encodingChanged(owner.nowNs());
    }
  }

  /**
   * Sends a frame, unless nothing was negotiated yet.
   *
   * @param rid of the encoding; empty when it is the only one
   */
  public void send(String rid, MediaFrame frame) {
    SendingMedia streams = sending(rid);
    if (streams == null) {
      return; // W3C: what a track gives before it can be sent is lost
    }
    streams.send(frame, owner.nowNs());
    owner.touch();
  }

  /** Sends a packet of another stream, unless nothing was negotiated yet. */
  public void send(String rid, MediaPacket packet) {
    SendingMedia streams = sending(rid);
    if (streams != null) {
      streams.send(packet, owner.nowNs());
      owner.touch();
    }
  }

  /** Packets were passed over before they came here. */
  public void interrupt(String rid) {
    SendingMedia streams = sending(rid);
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

  /** Frames of another track follow: the remote can go on with a key frame only. */
  public void replaceTrack() {
    sending.forEach(SendingMedia::replaceTrack);
  }

  /**
   * Asks the remote for a key frame.
   *
   * @param rid of the simulcast layer; empty for that of the track
   */
  public void requestKeyFrame(String rid) {
    ReceivingMedia streams = receiving;
    if (streams != null) {
      streams.requestKeyFrame(rid);
      owner.touch();
    }
  }

  /** Gives out the frames of a simulcast layer, too. */
  public void addLayer(String rid) {
    layers.add(rid);
    ReceivingMedia streams = receiving;
    if (streams != null) {
      streams.addLayer(rid);
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
    SendingMedia streams = sending(rids.get(0));
    if (streams != null) {
      streams.insertTones(tones, durationNs, gapNs, owner.nowNs());
      owner.touch();
    }
  }

  TransceiverListener listener() {
    return listener;
  }

  /** Its encodings; a single one has an empty rid. */
  List<String> rids() {
    return rids;
  }

  /** Those that are sent. */
  List<SendingMedia> sending() {
    return sending;
  }

  @Nullable SendingMedia sending(String rid) {
    return find(sending, rid);
  }

  private static @Nullable SendingMedia find(List<SendingMedia> encodings, String rid) {
    for (int i = 0; i < encodings.size(); i++) {
      if (encodings.get(i).rid().equals(rid)) {
        return encodings.get(i);
      }
    }
    return null;
  }

  @Nullable ReceivingMedia receiving() {
    return receiving;
  }

  /**
   * What was sent before; null when nothing was. SRTP counts the packets of an SSRC (RFC 3711
   * section 3.3.1), so its sequence numbers go on where they were.
   */
  @Nullable SendingMedia paused(String rid) {
    return find(paused, rid);
  }

  void startSending(SendingMedia streams) {
    paused.removeIf(before -> before.rid().equals(streams.rid()));
    sending.add(streams);
    streams.limit(limits.getOrDefault(streams.rid(), EncodingLimit.NONE));
  }

  void startReceiving(ReceivingMedia streams) {
    receiving = streams;
    layers.forEach(streams::addLayer);
    streams.packets(wantsPackets);
    smooth();
  }

  void endSending(SendingMedia streams) {
    sending.remove(streams);
    paused.add(streams);
  }

  void endReceiving() {
    ReceivingMedia streams = receiving;
    receiving = null;
    if (streams != null) {
      streams.end();
    }
  }
}
