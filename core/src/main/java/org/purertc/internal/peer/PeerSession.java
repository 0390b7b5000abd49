package org.purertc.internal.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DtlsState;
import org.purertc.dtls.DtlsTransport;
import org.purertc.ice.CandidateError;
import org.purertc.ice.IceCandidate;
import org.purertc.ice.IceTransportState;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Loop.LoopTimer;
import org.purertc.internal.datachannel.ChannelListener;
import org.purertc.internal.datachannel.ChannelParameters;
import org.purertc.internal.jsep.JsepConfiguration;
import org.purertc.internal.jsep.JsepSession;
import org.purertc.internal.jsep.MediaCapabilities;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.media.MediaTransceiver;
import org.purertc.internal.media.TransceiverListener;
import org.purertc.internal.sctp.SctpConfig;
import org.purertc.internal.stats.StatsEntry;
import org.purertc.internal.util.Timer;
import org.purertc.sdp.MediaDirection;

/**
 * One peer on one loop. A byte comes in through a {@link TransportSession}, which decrypts it, to
 * {@link DataSession} and up to a channel, or to {@link PeerMediaSession} and up to a track; it
 * goes out the same way down, at the end of the turn in {@link #drain}. All methods on the loop
 * thread, except the constructor.
 */
public final class PeerSession {

  /**
   * The UDP payload that every path carries, less the DTLS record around the packet. RFC 8831
   * section 5 asks for 1,200 bytes where nothing is known of the path.
   */
  static final int MAX_SCTP_PACKET_BYTES = 1200 - DtlsTransport.RECORD_OVERHEAD;

  private final PeerEnvironment environment;
  private final PeerLoop place;
  private final Loop loop;
  private final PeerListener listener;
  private final Transports transports;
  private final DataSession data;
  private final PeerMediaSession media;
  private final Negotiation negotiation;
  private final DataPath dataPath;
  private final PathReports paths;
  private final PeerStates states;
  private final Loop.Drain drain = this::drain;
  private final Timer gracefulClose = new Timer();
  private @Nullable LoopTimer timer;
  private boolean touched;
  private boolean closed;

  /** May be called from any thread; nothing happens before the first call on the loop. */
  public PeerSession(PeerEnvironment environment, PeerListener listener) {
    this.environment = environment;
    this.listener = listener;
    place = environment.loop();
    loop = place.loop();
    transports = new Transports(environment, TransportSide::new);
    data = new DataSession(environment, new DataSide());
    media = new PeerMediaSession(environment, transports, new MediaSide());
    paths = new PathReports(transports, listener);
    states = new PeerStates(transports, listener);
    SctpConfig sctp = SctpConfig.DEFAULT;
    JsepConfiguration configuration =
        new JsepConfiguration(
            // RFC 9429 section 5.2.1: 63 bits, so that the number stays positive in 64 of them.
            environment.random().nextLong() >>> 1,
            sctp.localPort(),
            sctp.maxReceiveMessageBytes(),
            environment.bundlePolicy(),
            MediaCapabilities.STANDARD,
            environment.ice().isLite());
    JsepSession jsep =
        new JsepSession(
            configuration,
            transports,
            kind -> media.addRemote(listener.onRemoteTransceiver(kind)).description());
    negotiation = new Negotiation(jsep, transports, listener, new NegotiationSide());
    dataPath = new DataPath(negotiation, transports, data, media);
  }

  public Negotiation negotiation() {
    return negotiation;
  }

  /** Creates a channel, which opens when the association is connected. */
  public ChannelPort createChannel(ChannelParameters parameters, ChannelListener channel) {
    ChannelPort port = data.create(parameters, channel);
    negotiation.requestDataChannels();
    return port;
  }

  /** Makes a transceiver, which {@link #addTransceiver} takes over; may be called on any thread. */
  public MediaTransceiver newTransceiver(
      MediaKind kind,
      MediaDirection direction,
      List<String> rids,
      TransceiverListener transceiver) {
    return media.newTransceiver(kind, direction, rids, transceiver);
  }

  /** From now on offers have a section for it. */
  public void addTransceiver(MediaTransceiver transceiver) {
    media.add(transceiver);
    negotiation.add(transceiver.description());
  }

  /**
   * Statistics in W3C's words.
   *
   * @param selector null for everything
   * @param ofSender which half of the selector
   */
  public List<StatsEntry> stats(@Nullable MediaTransceiver selector, boolean ofSender) {
    return new StatisticsReport(environment, transports, data, media).collect(selector, ofSender);
  }

  /** The user has read these bytes: the receive window opens. */
  public void consumed(int bytes) {
    if (!closed) {
      data.consumed(bytes);
    }
  }

  /** Asks for a fresh {@link PathSnapshot} at the end of this turn. */
  public void refreshPath() {
    touch();
  }

  /** Sends what is queued and ends the association in order, then closes; at the latest then. */
  public void closeGracefully(long limitNs) {
    if (closed) {
      return;
    }
    if (data.shutdown(loop.nowNs())) {
      gracefulClose.start(loop.nowNs(), limitNs);
    } else {
      close();
    }
  }

  /** Tells the remote, frees everything in this turn; further calls do nothing. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    states.close();
    long nowNs = loop.nowNs();
    data.abort(nowNs);
    media.close(nowNs);
    sendPackets(nowNs);
    transports.close();
    negotiation.close();
    data.lose("the peer connection was closed");
    if (timer != null) {
      timer.cancel();
    }
    listener.onReleased();
    place.release();
  }

  private void touch() {
    if (!touched && !closed) {
      touched = true;
      loop.drainLater(drain);
    }
  }

  /** The end of a turn: everything that the machines want to say, in as few packets as possible. */
  private void drain(long nowNs) {
    touched = false;
    if (closed) {
      return;
    }
    sendPackets(nowNs);
    paths.publish();
    setTimer();
  }

  private void sendPackets(long nowNs) {
    media.produce(nowNs);
    dataPath.send(place.packet(), nowNs);
  }

  private void setTimer() {
    long deadlineNs =
        Math.min(
            Math.min(data.nextDeadlineNs(), media.nextDeadlineNs()), gracefulClose.deadlineNs());
    if (timer == null) {
      if (deadlineNs == Loop.NEVER) {
        return;
      }
      timer = loop.timer(this::onDeadline);
    }
    timer.set(deadlineNs);
  }

  private void onDeadline(long nowNs) {
    if (closed) {
      return;
    }
    if (gracefulClose.expire(nowNs)) {
      close();
      return;
    }
    data.onDeadline(nowNs);
    media.onDeadline(nowNs);
    touch();
  }

  /** What one path tells. */
  private final class TransportSide implements TransportSession.Owner {
    private final int index;
    private IceTransportState state = IceTransportState.NEW;

    TransportSide(int index) {
      this.index = index;
    }

    @Override
    public void onLocalCandidate(IceCandidate candidate) {
      negotiation.onLocalCandidate(index, candidate);
    }

    @Override
    public void onCandidateError(CandidateError error) {
      listener.onCandidateError(error);
    }

    @Override
    public void onLocalCandidateGone(IceCandidate candidate) {
      negotiation.onLocalCandidateGone(index, candidate);
    }

    @Override
    public void onGatheringAgain() {
      negotiation.onGatheringAgain(index);
    }

    @Override
    public void onGatheringComplete() {
      negotiation.onGatheringComplete(index);
    }

    @Override
    public void onIceState(IceTransportState next, String reason) {
      IceTransportState before = state;
      if (closed || next == before) {
        return;
      }
      state = next;
      listener.onIceState(index, next);
      states.updateIce();
      // W3C WebRTC section 5.6.4: a path that failed closes nothing, an ICE restart may follow.
      if (dataPath.is(index) && isUp(before) != isUp(next)) {
        if (isUp(next)) {
          data.pathUp(loop.nowNs());
        } else {
          data.pathDown(loop.nowNs());
        }
      }
      states.update(reason);
      touch();
    }

    private static boolean isUp(IceTransportState state) {
      return state == IceTransportState.CONNECTED || state == IceTransportState.COMPLETED;
    }

    @Override
    public void onPathChanged() {
      if (paths.isKnown(index) && dataPath.is(index)) {
        data.pathChanged(loop.nowNs());
      }
      touch();
    }

    @Override
    public void onPathConfirmed() {
      if (paths.isKnown(index) && dataPath.is(index)) {
        data.pathConfirmed(loop.nowNs());
      }
    }

    @Override
    public void onDtlsState(DtlsState next, String reason) {
      listener.onDtlsState(index, next);
      states.update(reason);
      switch (next) {
        case CONNECTED -> {
          dataPath.connect(loop.nowNs());
          media.onConnected(index, loop.nowNs());
        }
        case CLOSED, FAILED -> {
          if (dataPath.is(index)) {
            data.lose(reason);
          }
        }
        case NEW, CONNECTING -> {}
      }
      touch();
    }

    @Override
    public void onNewAssociation() {
      if (dataPath.is(index)) {
        dataPath.renew();
      }
    }

    @Override
    public void onData(byte[] buffer, int offset, int length, long nowNs) {
      if (dataPath.is(index)) {
        data.receive(buffer, offset, length, nowNs);
      }
    }

    @Override
    public void onMedia(DatagramKind kind, byte[] buffer, int offset, int length, long nowNs) {
      media.receive(index, kind, buffer, offset, length, nowNs);
      touch();
    }

    @Override
    public void onWritable() {
      touch();
    }
  }

  /** What data channels and their association tell. */
  private final class DataSide implements DataSession.Owner {

    @Override
    public void touch() {
      PeerSession.this.touch();
    }

    @Override
    public ChannelListener onIncomingChannel(
        ChannelParameters parameters, int id, ChannelPort port) {
      return listener.onIncomingChannel(parameters, id, port);
    }

    @Override
    public void onSctpState(SctpState state, String reason) {
      if (!closed) {
        listener.onSctpState(state, reason);
      }
    }

    @Override
    public void onUnacknowledged() {
      dataPath.onUnacknowledged();
    }

    @Override
    public void onEnded(boolean orderly, String reason) {
      if (gracefulClose.isRunning()) {
        loop.execute(PeerSession.this::close); // after the drain that sends SHUTDOWN COMPLETE
      }
    }
  }

  /** What transceivers tell. */
  private final class MediaSide implements PeerMediaSession.Owner {

    @Override
    public void touch() {
      PeerSession.this.touch();
    }

    @Override
    public void onTransceiverChanged() {
      negotiation.transceiverChanged();
    }

    @Override
    public void onTransceiverGone(MediaTransceiver transceiver) {
      listener.onTransceiverGone(transceiver);
    }
  }

  /** What descriptions decide. */
  private final class NegotiationSide implements Negotiation.Owner {

    @Override
    public void onApplied() {
      media.onDescriptions(negotiation.jsep(), loop.nowNs());
      touch();
    }

    @Override
    public void onDataAccepted() {
      dataPath.connect(loop.nowNs());
      touch();
    }

    @Override
    public void onDataRejected() {
      data.lose("the remote peer rejected data channels");
    }
  }
}
