package org.purertc.internal.peer;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DtlsListener;
import org.purertc.dtls.DtlsRole;
import org.purertc.dtls.DtlsSession;
import org.purertc.dtls.DtlsState;
import org.purertc.dtls.DtlsTransport;
import org.purertc.dtls.Fingerprint;
import org.purertc.ice.CandidateError;
import org.purertc.ice.CandidatePair;
import org.purertc.ice.IceCandidate;
import org.purertc.ice.IceCredentials;
import org.purertc.ice.IceListener;
import org.purertc.ice.IceRole;
import org.purertc.ice.IceTransport;
import org.purertc.ice.IceTransportState;
import org.purertc.ice.PairStatistics;
import org.purertc.internal.jsep.NegotiatedTransport;

/** ICE with DTLS on top: one encrypted path to the remote peer. Loop thread only. */
final class TransportSession {

  /** Who hears of the path; each call happens inside a turn of the loop. */
  interface Owner {
    void onLocalCandidate(IceCandidate candidate);

    /** A server gave no candidate. */
    void onCandidateError(CandidateError error);

    void onGatheringComplete();

    void onIceState(IceTransportState state, String reason);

    /** Another pair carries us, or the first one. */
    void onPathChanged();

    void onDtlsState(DtlsState state, String reason);

    /** Decrypted application data; the buffer is valid during the call only. */
    void onData(byte[] buffer, int offset, int length, long nowNs);

    /** A decrypted RTP or RTCP packet; the buffer is valid during the call only. */
    void onMedia(DatagramKind kind, byte[] buffer, int offset, int length, long nowNs);

    void onWritable();
  }

  private final PeerEnvironment environment;
  private final Owner owner;
  private final IceTransport ice;
  private final SrtpPath srtp = new SrtpPath();
  private @Nullable DtlsTransport dtls;
  private @Nullable DtlsRole dtlsRole;
  private DtlsState dtlsState = DtlsState.NEW;
  private @Nullable NegotiatedTransport negotiated;
  private boolean writable = true;
  private boolean gathered;
  private boolean closed;
  private long droppedDatagrams;
  private final TransportCounters counters = new TransportCounters();
  private @Nullable DtlsSession association;

  TransportSession(PeerEnvironment environment, Owner owner) {
    this.environment = environment;
    this.owner = owner;
    ice = environment.ice().create(environment.loop().loop(), new IceSide(), environment.servers());
  }

  IceCredentials localCredentials() {
    return ice.localCredentials();
  }

  /** Sets the role until the remote is known; then only a role conflict changes it. */
  void setIceRole(IceRole role) {
    if (negotiated == null) {
      ice.setRole(role);
    }
  }

  void gather() {
    gathered = true;
    ice.gather();
  }

  /** Whether candidates are, or were, gathered. */
  boolean hasGathered() {
    return gathered;
  }

  /** Both descriptions are known: where the remote is, how to know it, who speaks first. */
  void connect(NegotiatedTransport remote) {
    if (negotiated == null) {
      ice.setRemote(new IceCredentials(remote.iceUfrag(), remote.icePwd()), remote.iceLite());
    }
    NegotiatedTransport before = negotiated;
    negotiated = remote;
    if (before != null && before.association() != remote.association()) {
      endAssociation();
    }
    dtls().setRemoteFingerprints(fingerprints(remote.fingerprints()));
    if (remote.roleKnown() && dtlsRole == null) {
      dtlsRole = remote.dtlsClient() ? DtlsRole.CLIENT : DtlsRole.SERVER;
    }
    startDtls();
  }

  /**
   * RFC 8842 section 3.1: the remote begins a new DTLS association. SRTP goes on with the keys of
   * the old one until the new one is there.
   */
  private void endAssociation() {
    DtlsTransport old = dtls;
    dtls = null;
    dtlsRole = null;
    dtlsState = DtlsState.NEW;
    if (old != null) {
      old.close();
    }
  }

  void addRemoteCandidate(IceCandidate candidate) {
    ice.addRemoteCandidate(candidate);
  }

  void endOfRemoteCandidates() {
    ice.endOfRemoteCandidates();
  }

  boolean isWritable() {
    return writable;
  }

  /** Encrypts and sends; only when DTLS is connected. */
  void send(byte[] buffer, int offset, int length) {
    dtls().send(buffer, offset, length);
  }

  /** Whether RTP can be sent. */
  boolean carriesMedia() {
    return !closed && dtlsState != DtlsState.FAILED && srtp.isReady();
  }

  SrtpPath srtp() {
    return srtp;
  }

  /**
   * Protects in place and sends an RTP or RTCP packet.
   *
   * @param buffer with room for {@link SrtpPath#MAX_OVERHEAD_BYTES} behind it
   * @return its length as sent; negative when it was not
   */
  int sendMedia(DatagramKind kind, byte[] buffer, int offset, int length) {
    int bytes = carriesMedia() ? srtp.protect(kind, buffer, offset, length, nowNs()) : -1;
    if (bytes > 0) {
      sendRecord(buffer, offset, bytes);
    }
    return bytes;
  }

  /** Sends what {@link #sendMedia} protected before. */
  void sendProtected(byte[] buffer, int offset, int length) {
    sendRecord(buffer, offset, length);
  }

  /** A datagram from a validated address that is not STUN. */
  private void receive(byte[] buffer, int offset, int length, long nowNs) {
    counters.received(ice.selectedPair(), length, nowNs);
    DatagramKind kind = DatagramKind.of(buffer, offset, length);
    switch (kind) {
      case DTLS -> dtls().receive(buffer, offset, length, nowNs);
      case RTP, RTCP -> {
        int opened = srtp.unprotect(kind, buffer, offset, length, nowNs);
        if (opened > 0) {
          owner.onMedia(kind, buffer, offset, opened, nowNs);
        }
      }
      case STUN, UNKNOWN -> droppedDatagrams++;
    }
  }

  IceRole iceRole() {
    return ice.role();
  }

  @Nullable CandidatePair selectedPair() {
    return ice.selectedPair();
  }

  long roundTripNs() {
    return ice.roundTripNs();
  }

  IceTransportState iceState() {
    return ice.state();
  }

  DtlsState dtlsState() {
    return dtlsState;
  }

  TransportCounters counters() {
    return counters;
  }

  long nowNs() {
    return environment.loop().loop().nowNs();
  }

  List<PairStatistics> candidatePairs() {
    return ice.statistics();
  }

  /** What the handshake agreed on; null before its end. */
  @Nullable DtlsSession association() {
    return association;
  }

  /** The first that the remote's description gave; empty before. */
  String remoteFingerprint() {
    NegotiatedTransport remote = negotiated;
    return remote == null ? "" : remote.fingerprints().get(0);
  }

  @Nullable DtlsRole dtlsRole() {
    return dtlsRole;
  }

  /** Datagrams that were neither STUN nor DTLS. */
  long droppedDatagrams() {
    return droppedDatagrams;
  }

  /** Says goodbye and frees the sockets; nothing is reported after it. */
  void close() {
    closed = true;
    if (dtls != null) {
      dtls.close(); // close_notify still goes through ICE
    }
    ice.close();
  }

  private DtlsTransport dtls() {
    DtlsTransport transport = dtls;
    if (transport == null) {
      transport =
          environment.dtls().create(environment.loop().loop(), this::sendRecord, new DtlsSide());
      dtls = transport;
    }
    return transport;
  }

  private void sendRecord(byte[] buffer, int offset, int length) {
    counters.sent(ice.selectedPair(), length, nowNs());
    if (!ice.send(buffer, offset, length)) {
      writable = false;
    }
  }

  private void startDtls() {
    if (dtlsRole != null && dtlsState == DtlsState.NEW && ice.selectedPair() != null) {
      setDtlsState(DtlsState.CONNECTING, "");
      dtls().handshakeRoundTrip(ice.roundTripNs());
      dtls().start(dtlsRole, nowNs());
    }
  }

  private void setDtlsState(DtlsState state, String reason) {
    if (!closed && dtlsState != state) {
      dtlsState = state;
      owner.onDtlsState(state, reason);
    }
  }

  private static List<Fingerprint> fingerprints(List<String> texts) {
    return texts.stream().map(TransportSession::fingerprint).toList();
  }

  /** RFC 8122 section 5: the name of the hash function and the value, upper-case by grammar. */
  private static Fingerprint fingerprint(String text) {
    int space = text.indexOf(' ');
    return new Fingerprint(
        text.substring(0, space).toLowerCase(Locale.ROOT),
        text.substring(space + 1).trim().toUpperCase(Locale.ROOT));
  }

  /** What ICE tells. */
  private final class IceSide implements IceListener {

    @Override
    public void onCandidate(IceCandidate candidate) {
      owner.onLocalCandidate(candidate);
    }

    @Override
    public void onCandidateError(CandidateError error) {
      owner.onCandidateError(error);
    }

    @Override
    public void onGatheringComplete() {
      owner.onGatheringComplete();
    }

    @Override
    public void onState(IceTransportState state, String reason) {
      owner.onIceState(state, reason);
    }

    @Override
    public void onSelectedPair(CandidatePair pair) {
      startDtls();
      owner.onPathChanged();
    }

    @Override
    public void onDatagram(byte[] buffer, int offset, int length, long nowNs) {
      receive(buffer, offset, length, nowNs);
    }

    @Override
    public void onWritable(long nowNs) {
      writable = true;
      owner.onWritable();
    }
  }

  /** What DTLS tells. */
  private final class DtlsSide implements DtlsListener {

    @Override
    public void onConnected(DtlsSession session, long nowNs) {
      association = session;
      srtp.connected(session, nowNs);
      setDtlsState(DtlsState.CONNECTED, "");
    }

    @Override
    public void onData(byte[] buffer, int offset, int length, long nowNs) {
      owner.onData(buffer, offset, length, nowNs);
    }

    @Override
    public void onFailed(String reason) {
      setDtlsState(DtlsState.FAILED, reason);
    }

    @Override
    public void onClosed() {
      setDtlsState(DtlsState.CLOSED, "the remote peer closed the connection");
    }
  }
}
