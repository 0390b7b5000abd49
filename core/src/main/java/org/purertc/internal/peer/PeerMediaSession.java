package org.purertc.internal.peer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.internal.jsep.JsepSession;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.jsep.MediaSource;
import org.purertc.internal.jsep.Transceiver;
import org.purertc.internal.media.MediaSession;
import org.purertc.internal.media.MediaTransceiver;
import org.purertc.internal.media.MediaTransport;
import org.purertc.internal.media.TransceiverListener;
import org.purertc.internal.rtp.NtpClock;
import org.purertc.sdp.MediaDirection;

/**
 * The audio and video of one peer on its transports. The machine is made with the first
 * transceiver, so that a peer for data alone has none. Loop thread only.
 */
final class PeerMediaSession {

  /** Who hears of what changes. */
  interface Owner {
    /** Something is to be sent, or a deadline moved. */
    void touch();

    /** What descriptions say of a transceiver has changed. */
    void onTransceiverChanged();

    /** It is stopped and has no section any more. */
    void onTransceiverGone(MediaTransceiver transceiver);
  }

  private final PeerEnvironment environment;
  private final Transports transports;
  private final Owner owner;
  private final Loop loop;
  private final TransceiverSide transceiverSide = new TransceiverSide();
  private @Nullable MediaSession session;
  private volatile @Nullable String cname;

  PeerMediaSession(PeerEnvironment environment, Transports transports, Owner owner) {
    this.environment = environment;
    this.transports = transports;
    this.owner = owner;
    loop = environment.loop().loop();
  }

  /** May be called on any thread. */
  MediaTransceiver newTransceiver(
      MediaKind kind, MediaDirection direction, TransceiverListener listener) {
    long ssrc = ssrc();
    long rtxSsrc = kind == MediaKind.VIDEO ? ssrc() : -1;
    MediaSource source = new MediaSource(ssrc, rtxSsrc, cname());
    Transceiver description = new Transceiver(kind, direction, List.of(source));
    return new MediaTransceiver(description, listener, transceiverSide);
  }

  /** RFC 3550 section 8: random; 0 is avoided because some take it for none. */
  private long ssrc() {
    return 1 + Integer.toUnsignedLong(environment.random().nextInt()) % 0xffff_fffeL;
  }

  /** RFC 7022 section 4.2: a new one for each connection, the same for all of its streams. */
  private synchronized String cname() {
    String known = cname;
    if (known == null) {
      known = new UUID(environment.random().nextLong(), environment.random().nextLong()).toString();
      cname = known;
    }
    return known;
  }

  void add(MediaTransceiver transceiver) {
    session().add(transceiver);
  }

  /** The remote's offer made it. */
  MediaTransceiver addRemote(MediaTransceiver transceiver) {
    session().add(transceiver);
    return transceiver;
  }

  private MediaSession session() {
    MediaSession known = session;
    if (known == null) {
      Instant now = environment.wallClock().instant();
      NtpClock clock = NtpClock.startingAt(now.getEpochSecond(), now.getNano(), loop.nowNs());
      known = new MediaSession(cname(), clock, environment.random(), Transport::new);
      session = known;
    }
    return known;
  }

  @Nullable MediaSession machine() {
    return session;
  }

  void onDescriptions(JsepSession jsep, long nowNs) {
    MediaSession known = session;
    if (known != null) {
      known.onDescriptions(jsep, nowNs).forEach(owner::onTransceiverGone);
    }
  }

  void onConnected(int transport, long nowNs) {
    MediaSession known = session;
    if (known != null) {
      known.onConnected(transport, nowNs);
    }
  }

  void receive(
      int transport, DatagramKind kind, byte[] buffer, int offset, int length, long nowNs) {
    MediaSession known = session;
    if (known == null) {
      return;
    }
    if (kind == DatagramKind.RTCP) {
      known.receiveRtcp(transport, buffer, offset, length, nowNs);
    } else {
      known.receiveRtp(transport, buffer, offset, length, nowNs);
    }
  }

  /** Whether data on that transport may send a packet now. */
  boolean leavesRoomForData(int transport, long nowNs) {
    MediaSession known = session;
    return known == null || known.leavesRoomForData(transport, nowNs);
  }

  void onDataSent(int transport, int bytes, long nowNs) {
    MediaSession known = session;
    if (known != null) {
      known.onDataSent(transport, bytes, nowNs);
    }
  }

  void produce(long nowNs) {
    MediaSession known = session;
    if (known != null) {
      known.produce(nowNs);
    }
  }

  long nextDeadlineNs() {
    return session == null ? Loop.NEVER : session.nextDeadlineNs();
  }

  void onDeadline(long nowNs) {
    MediaSession known = session;
    if (known != null) {
      known.onDeadline(nowNs);
    }
  }

  void close(long nowNs) {
    MediaSession known = session;
    if (known != null) {
      known.close(nowNs);
    }
  }

  /** SRTP of one transport, as the machine sees it. */
  private final class Transport implements MediaTransport {
    private final int index;

    Transport(int index) {
      this.index = index;
    }

    @Override
    public boolean isReady() {
      TransportSession transport = transports.find(index);
      return transport != null && transport.carriesMedia();
    }

    @Override
    public long roundTripNs() {
      TransportSession transport = transports.find(index);
      return transport == null ? -1 : transport.roundTripNs();
    }

    @Override
    public boolean isWritable() {
      TransportSession transport = transports.find(index);
      return transport != null && transport.isWritable();
    }

    @Override
    public int sendRtp(byte[] buffer, int length) {
      TransportSession transport = transports.find(index);
      return transport == null ? -1 : transport.sendMedia(DatagramKind.RTP, buffer, 0, length);
    }

    @Override
    public int sendRtcp(byte[] buffer, int length) {
      TransportSession transport = transports.find(index);
      return transport == null ? -1 : transport.sendMedia(DatagramKind.RTCP, buffer, 0, length);
    }

    @Override
    public void sendProtected(byte[] buffer, int length) {
      TransportSession transport = transports.find(index);
      if (transport != null) {
        transport.sendProtected(buffer, 0, length);
      }
    }
  }

  /** What transceivers ask for. */
  private final class TransceiverSide implements MediaTransceiver.Owner {

    @Override
    public void onChanged(MediaTransceiver transceiver) {
      owner.onTransceiverChanged();
      owner.touch();
    }

    @Override
    public void onStopped(MediaTransceiver transceiver) {
      MediaSession known = session;
      if (known != null) {
        known.stop(transceiver);
      }
    }

    @Override
    public void touch() {
      owner.touch();
    }

    @Override
    public long nowNs() {
      return loop.nowNs();
    }
  }
}
