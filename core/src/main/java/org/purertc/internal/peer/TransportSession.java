package org.purertc.internal.peer;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DtlsRole;
import org.purertc.dtls.DtlsSession;
import org.purertc.dtls.DtlsState;
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

    void onLocalCandidateGone(IceCandidate candidate);

    void onGatheringAgain();

    void onGatheringComplete();

    void onIceState(IceTransportState state, String reason);

    /** Another pair carries us, or the first one. */
    void onPathChanged();

    /** An ICE restart found the same pair again. */
    void onPathConfirmed();

    void onDtlsState(DtlsState state, String reason);

    /** RFC 8842: another DTLS association begins, and with it another one of SCTP, RFC 8841. */
    void onNewAssociation();

    /** Decrypted application data; the buffer is valid during the call only. */
    void onData(byte[] buffer, int offset, int length, long nowNs);

    /** A decrypted RTP or RTCP packet; the buffer is valid during the call only. */
    void onMedia(DatagramKind kind, byte[] buffer, int offset, int length, long nowNs);

    void onWritable();
  }

  /** Networks that come and go give new ones for ever. */
  private static final int MAX_LOCAL_CANDIDATES = 64;

  private final PeerEnvironment environment;
  private final Owner owner;
  private final IceTransport ice;
  private final DtlsPath dtls;
  private final SrtpPath srtp = new SrtpPath();
  private final EarlyMedia earlyMedia = new EarlyMedia();
  private @Nullable NegotiatedTransport negotiated;
  private @Nullable IceCredentials prepared;
  private @Nullable CandidatePair path;
  private final Deque<IceCandidate> localCandidates = new ArrayDeque<>(2);
  private boolean restarting;
  private boolean writable = true;
  private boolean gathered;
  private boolean closed;
  private long droppedDatagrams;
  private final TransportCounters counters = new TransportCounters();

  TransportSession(PeerEnvironment environment, Owner owner) {
    this.environment = environment;
    this.owner = owner;
    ice = environment.ice().create(environment.loop().loop(), new IceSide(), environment.servers());
    dtls = new DtlsPath(environment.loop().loop(), environment.dtls(), new DtlsSide());
  }

  IceCredentials localCredentials() {
    return ice.localCredentials();
  }

  /** Those that a description may restart ICE with; nothing changes yet. */
  IceCredentials preparedCredentials() {
    IceCredentials credentials = prepared;
    if (credentials == null) {
      credentials = ice.newCredentials();
      prepared = credentials;
    }
    return credentials;
  }

  /**
   * A local description with this ufrag was applied.
   *
   * @return whether it restarts ICE
   */
  boolean applyLocal(@Nullable String ufrag) {
    IceCredentials credentials = prepared;
    if (credentials == null || !credentials.ufrag().equals(ufrag)) {
      return false;
    }
    prepared = null;
    restarting = true;
    gathered = false;
    localCandidates.clear();
    ice.restart(credentials);
    return true;
  }

  /** The description that restarted ICE was rolled back. */
  void cancelRestart() {
    prepared = null;
    if (restarting) {
      restarting = false;
      gathered = true;
      ice.cancelRestart();
    }
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
    restarting = false;
    ice.setRemote(new IceCredentials(remote.iceUfrag(), remote.icePwd()), remote.iceLite());
    NegotiatedTransport before = negotiated;
    negotiated = remote;
    if (before != null && before.association() != remote.association()) {
      // SRTP goes on with the keys of the old association until the new one is there.
      dtls.renew(!before.isOnPathOf(remote));
      earlyMedia.take();
      owner.onNewAssociation();
    }
    dtls.remote(remote);
    startDtls();
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
    dtls.send(buffer, offset, length);
  }

  /** The remote did not acknowledge in time what was sent. */
  void onUnacknowledged() {
    ice.onUnacknowledged();
  }

  /** Whether RTP can be sent. */
  boolean carriesMedia() {
    return !closed && dtls.state() != DtlsState.FAILED && srtp.isReady();
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
      case DTLS -> dtls.receive(buffer, offset, length, nowNs);
      case RTP, RTCP -> receiveMedia(kind, buffer, offset, length, nowNs);
      case STUN, UNKNOWN -> droppedDatagrams++;
    }
  }

  private void receiveMedia(DatagramKind kind, byte[] buffer, int offset, int length, long nowNs) {
    int opened = srtp.unprotect(kind, buffer, offset, length, nowNs);
    if (opened > 0) {
      owner.onMedia(kind, buffer, offset, opened, nowNs);
    } else if (dtls.state() == DtlsState.CONNECTING) {
      earlyMedia.keep(
          kind, buffer, offset, length, nowNs); // the remote may have the new keys already
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
    return dtls.state();
  }

  TransportCounters counters() {
    return counters;
  }

  long nowNs() {
    return environment.loop().loop().nowNs();
  }

  /** Those of the last gathering, also such as are in no pair. */
  Collection<IceCandidate> localCandidates() {
    return localCandidates;
  }

  List<PairStatistics> candidatePairs() {
    return ice.statistics();
  }

  /** What the handshake agreed on; null before its end. */
  @Nullable DtlsSession association() {
    return dtls.session();
  }

  /** The first that the remote's description gave; empty before. */
  String remoteFingerprint() {
    NegotiatedTransport remote = negotiated;
    return remote == null ? "" : remote.fingerprints().get(0);
  }

  @Nullable DtlsRole dtlsRole() {
    return dtls.role();
  }

  /** Datagrams that were neither STUN nor DTLS. */
  long droppedDatagrams() {
    return droppedDatagrams;
  }

  /** Says goodbye and frees the sockets; nothing is reported after it. */
  void close() {
    closed = true;
    dtls.close(); // close_notify still goes through ICE
    earlyMedia.take();
    ice.close();
  }

  private void sendRecord(byte[] buffer, int offset, int length) {
    counters.sent(ice.selectedPair(), length, nowNs());
    if (!ice.send(buffer, offset, length)) {
      writable = false;
    }
  }

  private void keep(IceCandidate candidate) {
    if (localCandidates.size() == MAX_LOCAL_CANDIDATES) {
      localCandidates.remove();
    }
    localCandidates.add(candidate);
  }

  private void startDtls() {
    if (ice.selectedPair() != null) {
      dtls.start(ice.roundTripNs(), nowNs());
    }
  }

  /** What ICE tells. */
  private final class IceSide implements IceListener {

    @Override
    public void onCandidate(IceCandidate candidate) {
      keep(candidate);
      owner.onLocalCandidate(candidate);
    }

    @Override
    public void onCandidateError(CandidateError error) {
      owner.onCandidateError(error);
    }

    @Override
    public void onCandidateGone(IceCandidate candidate) {
      owner.onLocalCandidateGone(candidate);
    }

    @Override
    public void onGatheringAgain() {
      owner.onGatheringAgain();
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
      CandidatePair before = path;
      path = pair;
      dtls.pathSelected();
      startDtls();
      // After an ICE restart it is often the same one with other credentials.
      if (before == null || !hasAddressesOf(before, pair)) {
        owner.onPathChanged();
      } else {
        owner.onPathConfirmed();
      }
    }

    @Override
    public void onPathConfirmed() {
      owner.onPathConfirmed();
    }

    private static boolean hasAddressesOf(CandidatePair before, CandidatePair pair) {
      return before.local().address().equals(pair.local().address())
          && before.remote().address().equals(pair.remote().address());
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
  private final class DtlsSide implements DtlsPath.Owner {

    @Override
    public void sendRecord(byte[] buffer, int offset, int length) {
      TransportSession.this.sendRecord(buffer, offset, length);
    }

    @Override
    public void onSession(DtlsSession session, long nowNs) {
      srtp.connected(session, nowNs);
    }

    @Override
    public void onDtlsState(DtlsState state, String reason) {
      owner.onDtlsState(state, reason);
      if (state != DtlsState.NEW && state != DtlsState.CONNECTING) {
        for (EarlyMedia.Packet packet : earlyMedia.take()) {
          receiveMedia(packet.kind(), packet.bytes(), 0, packet.bytes().length, packet.arrivedNs());
        }
      }
    }

    @Override
    public void onData(byte[] buffer, int offset, int length, long nowNs) {
      owner.onData(buffer, offset, length, nowNs);
    }
  }
}
