package org.purertc.internal.jsep;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.MediaDirection;

/**
 * A sender and a receiver that share a media section, RFC 9429 section 3.4.1. What the user wants
 * is set here at any time; what is negotiated comes from the {@link JsepSession}. Loop thread only.
 */
public final class Transceiver {
  private final MediaKind kind;
  private final List<MediaSource> sources;
  private MediaDirection direction;
  private List<String> streamIds = List.of();
  private String trackId = "";
  private List<String> sendRids = List.of();
  private List<Codec> codecPreferences = List.of();
  private boolean wantsDefaultOrder;
  private boolean addedByTrack;
  private boolean stopping;
  private boolean stopped;

  private @Nullable String mid;
  private int mLineIndex = -1;
  private @Nullable MediaDirection currentDirection;
  private @Nullable NegotiatedMedia negotiated;
  private boolean hasSent;
  private List<String> offeredRids = List.of();

  private RemoteTrack remoteTrack = RemoteTrack.NONE;
  private RemoteTrack stableRemoteTrack = RemoteTrack.NONE;

  /** What the remote sends here. */
  record RemoteTrack(boolean sends, List<String> streamIds, String trackId) {
    static final RemoteTrack NONE = new RemoteTrack(false, List.of(), "");
  }

  /**
   * @param sources what we may send, announced by {@code a=ssrc}; with send rids one for each
   */
  public Transceiver(MediaKind kind, MediaDirection direction, List<MediaSource> sources) {
    this.kind = kind;
    this.direction = direction;
    this.sources = List.copyOf(sources);
  }

  public MediaKind kind() {
    return kind;
  }

  public List<MediaSource> sources() {
    return sources;
  }

  /** What the user prefers; inactive once stopping. */
  public MediaDirection direction() {
    return stopping ? MediaDirection.INACTIVE : direction;
  }

  public void setDirection(MediaDirection preferred) {
    direction = preferred;
  }

  /** What was negotiated last; null before, and when stopped. */
  public @Nullable MediaDirection currentDirection() {
    return currentDirection;
  }

  /** Of its section; null before it has one and after a rollback took it. */
  public @Nullable String mid() {
    return mid;
  }

  /** -1 without a section. */
  public int mLineIndex() {
    return mLineIndex;
  }

  /** The last (provisional or final) answer's result; null before and when stopped. */
  public @Nullable NegotiatedMedia negotiated() {
    return negotiated;
  }

  /** Whether any answer has ever let it send, W3C WebRTC section 5.1 (addTrack). */
  public boolean hasSent() {
    return hasSent;
  }

  /** The streams that our {@code a=msid} names. */
  public List<String> streamIds() {
    return streamIds;
  }

  public void setStreamIds(List<String> ids) {
    streamIds = List.copyOf(ids);
  }

  /** The track that our {@code a=msid} names; empty for none. */
  public String trackId() {
    return trackId;
  }

  public void setTrackId(String id) {
    trackId = id;
  }

  /** Restriction ids to send simulcast with, RFC 8853; fewer than two mean no simulcast. */
  public List<String> sendRids() {
    return sendRids;
  }

  public void setSendRids(List<String> rids) {
    sendRids = List.copyOf(rids);
  }

  /** The restriction ids that the remote's offer is ready to receive; W3C's proposed encodings. */
  public List<String> offeredRids() {
    return offeredRids;
  }

  /** What W3C's setCodecPreferences was given; empty for the default order. */
  public List<Codec> codecPreferences() {
    return codecPreferences;
  }

  public void setCodecPreferences(List<Codec> codecs) {
    wantsDefaultOrder = codecs.isEmpty() && (wantsDefaultOrder || !codecPreferences.isEmpty());
    codecPreferences = List.copyOf(codecs);
  }

  /** Whether preferences were taken back: the order that they made is not kept. */
  boolean wantsDefaultOrder() {
    return wantsDefaultOrder;
  }

  /** Whether a remote offer may take it (RFC 9429 section 5.10), and a rollback must keep it. */
  public boolean isAddedByTrack() {
    return addedByTrack;
  }

  /** addTrack made it or took it. */
  public void markAddedByTrack() {
    addedByTrack = true;
  }

  /** Asks for its end; the section is rejected in the next negotiation. */
  public void stop() {
    stopping = true;
    if (mid == null) {
      end();
    }
  }

  /** Whether {@link #stop} was called, or it is stopped. */
  public boolean isStopping() {
    return stopping;
  }

  /** Whether its section is gone for good, or it never had one. */
  public boolean isStopped() {
    return stopped;
  }

  /** Its place after a description was applied or rolled back. */
  void place(@Nullable String newMid, int index) {
    mid = newMid;
    mLineIndex = index;
    if (newMid == null && stopping) {
      end();
    }
  }

  void setOfferedRids(List<String> rids) {
    offeredRids = rids;
  }

  void setNegotiated(NegotiatedMedia media) {
    negotiated = media;
    currentDirection = media.direction();
    hasSent |= media.direction().sends();
  }

  /** Its section was rejected. */
  void end() {
    stopping = true;
    stopped = true;
    currentDirection = null;
    negotiated = null;
  }

  RemoteTrack remoteTrack() {
    return remoteTrack;
  }

  void setRemoteTrack(RemoteTrack track) {
    remoteTrack = track;
  }

  /** What a rollback returns to. */
  RemoteTrack stableRemoteTrack() {
    return stableRemoteTrack;
  }

  /** The state is stable: what the remote sends is settled. */
  void settle() {
    stableRemoteTrack = remoteTrack;
  }
}
