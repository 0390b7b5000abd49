package org.purertc.internal.peer;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DtlsState;
import org.purertc.dtls.DtlsTransport;
import org.purertc.ice.CandidatePair;
import org.purertc.ice.IceCandidate;
import org.purertc.ice.IceCredentials;
import org.purertc.ice.IceTransportState;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Loop.LoopTimer;
import org.purertc.internal.datachannel.ChannelListener;
import org.purertc.internal.datachannel.ChannelParameters;
import org.purertc.internal.jsep.BundlePolicy;
import org.purertc.internal.jsep.JsepConfiguration;
import org.purertc.internal.jsep.JsepSession;
import org.purertc.internal.jsep.LocalTransport;
import org.purertc.internal.jsep.MediaCapabilities;
import org.purertc.internal.jsep.NegotiatedData;
import org.purertc.internal.jsep.NegotiatedTransport;
import org.purertc.internal.jsep.Transceiver;
import org.purertc.internal.sctp.SctpConfig;
import org.purertc.internal.util.Timer;
import org.purertc.sdp.MediaDirection;

/**
 * One peer on one loop. A byte comes in through {@link TransportSession}, which decrypts it, to
 * {@link DataSession} and up to a channel; it goes out the same way down, at the end of the turn in
 * {@link #drain}. All methods on the loop thread, except the constructor.
 */
public final class PeerSession {

  /**
   * The UDP payload that every path carries, less the DTLS record around the packet. RFC 8831
   * section 5 asks for 1,200 bytes where nothing is known of the path.
   */
  static final int MAX_SCTP_PACKET_BYTES = 1200 - DtlsTransport.RECORD_OVERHEAD;

  private final PeerLoop place;
  private final Loop loop;
  private final PeerListener listener;
  private final TransportSession transport;
  private final DataSession data;
  private final Negotiation negotiation;
  private final Loop.Drain drain = this::drain;
  private final Timer gracefulClose = new Timer();
  private @Nullable LoopTimer timer;
  private boolean touched;
  private boolean connectingData;
  private boolean closed;
  private IceTransportState iceState = IceTransportState.NEW;
  private ConnectionState connectionState = ConnectionState.NEW;
  private @Nullable PathSnapshot path;
  private @Nullable CandidatePair pair;

  /** May be called from any thread; nothing happens before the first call on the loop. */
  public PeerSession(PeerEnvironment environment, PeerListener listener) {
    this.listener = listener;
    place = environment.loop();
    loop = place.loop();
    transport = new TransportSession(environment, new TransportSide());
    data = new DataSession(environment, new DataSide());
    IceCredentials credentials = transport.localCredentials();
    LocalTransport local =
        new LocalTransport(credentials.ufrag(), credentials.password(), environment.fingerprint());
    // RFC 9429 section 5.2.1: 63 bits, so that the number stays positive in 64 of them.
    long sessionId = environment.random().nextLong() >>> 1;
    SctpConfig sctp = SctpConfig.DEFAULT;
    JsepConfiguration configuration =
        new JsepConfiguration(
            sessionId,
            sctp.localPort(),
            sctp.maxReceiveMessageBytes(),
            BundlePolicy.BALANCED,
            MediaCapabilities.NONE);
    JsepSession jsep =
        new JsepSession(
            configuration,
            index -> local,
            kind -> new Transceiver(kind, MediaDirection.RECVONLY, List.of()));
    negotiation = new Negotiation(jsep, transport, listener, new NegotiationSide());
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
    long nowNs = loop.nowNs();
    data.abort(nowNs);
    sendPackets(nowNs);
    transport.close();
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
    publishPath();
    setTimer();
  }

  private void sendPackets(long nowNs) {
    if (transport.dtlsState() != DtlsState.CONNECTED) {
      return;
    }
    byte[] packet = place.packet();
    while (transport.isWritable()) {
      int length = data.produce(packet, nowNs);
      if (length == 0) {
        return;
      }
      transport.send(packet, 0, length);
    }
  }

  private void setTimer() {
    long deadlineNs = Math.min(data.nextDeadlineNs(), gracefulClose.deadlineNs());
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
    touch();
  }

  private void publishPath() {
    CandidatePair selected = transport.selectedPair();
    PathSnapshot before = path;
    boolean same =
        before != null
            && Objects.equals(selected, pair)
            && before.role() == transport.iceRole()
            && before.roundTripNs() == transport.roundTripNs();
    if (!same) {
      PathSnapshot now = snapshot(selected);
      pair = selected;
      path = now;
      listener.onPath(now);
    }
  }

  private PathSnapshot snapshot(@Nullable CandidatePair selected) {
    return new PathSnapshot(
        transport.iceRole(),
        selected == null ? null : CandidateText.of(selected.local()),
        selected == null ? null : CandidateText.of(selected.remote()),
        transport.roundTripNs());
  }

  /** SCTP needs a path that DTLS protects and a remote that wants data channels. */
  private void connectData() {
    NegotiatedData remote = negotiation.data();
    NegotiatedTransport path = negotiation.transport();
    if (!connectingData
        && remote != null
        && path != null
        && transport.dtlsState() == DtlsState.CONNECTED) {
      connectingData = true;
      data.connect(remote, path.dtlsClient(), transport.roundTripNs(), loop.nowNs());
    }
  }

  private void updateConnectionState(String reason) {
    ConnectionState state = ConnectionState.of(iceState, transport.dtlsState());
    if (!closed && state != connectionState) {
      connectionState = state;
      listener.onConnectionState(state, reason);
    }
  }

  /** What the path tells. */
  private final class TransportSide implements TransportSession.Owner {

    @Override
    public void onLocalCandidate(IceCandidate candidate) {
      negotiation.onLocalCandidate(candidate);
    }

    @Override
    public void onGatheringComplete() {
      negotiation.onGatheringComplete();
    }

    @Override
    public void onIceState(IceTransportState state, String reason) {
      IceTransportState before = iceState;
      if (closed || state == before) {
        return;
      }
      iceState = state;
      listener.onIceState(state);
      if (state == IceTransportState.DISCONNECTED) {
        data.pathDown(loop.nowNs());
      } else if (before == IceTransportState.DISCONNECTED && state != IceTransportState.FAILED) {
        data.pathUp(loop.nowNs());
      }
      updateConnectionState(reason);
      if (state == IceTransportState.FAILED) {
        data.lose(reason);
      }
      touch();
    }

    @Override
    public void onPathChanged() {
      if (pair != null) {
        data.pathChanged(loop.nowNs());
      }
      touch();
    }

    @Override
    public void onDtlsState(DtlsState state, String reason) {
      listener.onDtlsState(state);
      updateConnectionState(reason);
      switch (state) {
        case CONNECTED -> connectData();
        case CLOSED, FAILED -> data.lose(reason);
        case NEW, CONNECTING -> {}
      }
      touch();
    }

    @Override
    public void onData(byte[] buffer, int offset, int length, long nowNs) {
      data.receive(buffer, offset, length, nowNs);
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
    public void onEnded(boolean orderly, String reason) {
      if (gracefulClose.isRunning()) {
        loop.execute(PeerSession.this::close); // after the drain that sends SHUTDOWN COMPLETE
      }
    }
  }

  /** What descriptions decide. */
  private final class NegotiationSide implements Negotiation.Owner {

    @Override
    public void onDataAccepted() {
      connectData();
      touch();
    }

    @Override
    public void onDataRejected() {
      data.lose("the remote peer rejected data channels");
    }
  }
}
