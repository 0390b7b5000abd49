package org.purertc.internal.peer;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.CandidateServer;
import org.purertc.ice.IceCandidate;
import org.purertc.ice.IceRole;
import org.purertc.internal.jsep.DescriptionType;
import org.purertc.internal.jsep.JsepException;
import org.purertc.internal.jsep.JsepSession;
import org.purertc.internal.jsep.LocalSections;
import org.purertc.internal.jsep.NegotiatedData;
import org.purertc.internal.jsep.NegotiatedTransport;
import org.purertc.internal.jsep.SignalingState;
import org.purertc.internal.jsep.Transceiver;
import org.purertc.internal.peer.Descriptions.Described;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SessionDescription;

/**
 * Offers, answers and candidates of one peer, and what they mean for its transport; W3C WebRTC
 * section 4.4.1. Loop thread only.
 */
public final class Negotiation {

  /** What a description changes besides the transports. */
  interface Owner {
    /** A description was applied or rolled back. */
    void onApplied();

    /** An answer accepted data channels. */
    void onDataAccepted();

    /** The remote's answer rejected the data channels that we offered. */
    void onDataRejected();
  }

  private final JsepSession jsep;
  private final Transports transports;
  private final PeerListener listener;
  private final Owner owner;
  private final OperationsChain operations = new OperationsChain();
  private final Gathering gathering;
  private DescriptionType currentLocalType = DescriptionType.OFFER;
  private boolean negotiationNeeded;
  private boolean updateOnEmptyChain;

  /** Indices of transports; sets would cost a peer that has one transport some 300 bytes. */
  private final BitSet connecting = new BitSet();

  Negotiation(JsepSession jsep, Transports transports, PeerListener listener, Owner owner) {
    this.jsep = jsep;
    this.transports = transports;
    this.listener = listener;
    this.owner = owner;
    gathering = new Gathering(transports, listener);
  }

  /** What was asked of this negotiation and has not ended; may be called from any thread. */
  public OperationsChain operations() {
    return operations;
  }

  /** The first operation of the chain has ended, W3C WebRTC section 4.4.1.2. */
  public void endOperation() {
    operations.remove();
    if (updateOnEmptyChain) {
      updateNegotiationNeeded();
    }
  }

  /**
   * @param restartsIce whether it has new ICE credentials
   */
  public SessionDescription createOffer(boolean restartsIce) throws JsepException {
    return jsep.createOffer(restartsIce);
  }

  /** W3C WebRTC section 4.4.2: the next offer has new ICE credentials, and one is needed. */
  public void restartIce() {
    jsep.restartIce();
    updateNegotiationNeeded();
  }

  public SessionDescription createAnswer() throws JsepException {
    return jsep.createAnswer();
  }

  /**
   * Applies a local description.
   *
   * @param type null for the type that the signaling state asks for
   * @param description null for a new one
   * @return what was applied; null after a rollback to nothing
   */
  public @Nullable Described setLocal(
      @Nullable DescriptionType type, @Nullable SessionDescription description)
      throws JsepException {
    DescriptionType applied = type == null ? implicitType() : type;
    SignalingState before = jsep.signalingState();
    jsep.setLocalDescription(applied, description == null ? created(applied) : description);
    if (applied == DescriptionType.OFFER) {
      // RFC 9429 section 5.9 and RFC 8445 section 6.1.1: the offerer controls.
      transports.setIceRole(IceRole.CONTROLLING);
    }
    if (applied == DescriptionType.ANSWER) {
      currentLocalType = DescriptionType.ANSWER;
    }
    if (applied == DescriptionType.ROLLBACK) {
      transports.cancelRestarts();
    } else {
      restartTransports();
    }
    applied(before, applied);
    if (applied != DescriptionType.ROLLBACK) {
      gathering.begin(jsep.localSections());
    }
    return descriptions().local();
  }

  /** Applies a remote description; an offer rolls a local offer back. */
  public void setRemote(DescriptionType type, @Nullable SessionDescription description)
      throws JsepException {
    giveWayTo(type);
    SignalingState before = jsep.signalingState();
    boolean dataOffered = before == SignalingState.HAVE_LOCAL_OFFER && jsep.dataMid() != null;
    jsep.setRemoteDescription(type, description);
    if (type == DescriptionType.ROLLBACK) {
      transports.cancelRestarts();
    }
    if (type == DescriptionType.OFFER) {
      transports.setIceRole(roleOfAnswerer());
    }
    if (type == DescriptionType.ANSWER) {
      currentLocalType = DescriptionType.OFFER;
    }
    applied(before, type);
    if (type == DescriptionType.ANSWER && dataOffered && jsep.data() == null) {
      owner.onDataRejected();
    }
  }

  /**
   * Refuses a remote description whose SDP cannot be read.
   *
   * @param reason the line and what is wrong with it
   */
  public void refuseRemote(DescriptionType type, String reason) throws JsepException {
    giveWayTo(type);
    throw new JsepException("OperationError", reason);
  }

  /**
   * W3C WebRTC section 4.4.2: the rollback before a remote offer is a step of its own, with its own
   * change of state; an offer that cannot be applied does not undo it.
   */
  private void giveWayTo(DescriptionType type) throws JsepException {
    if (type == DescriptionType.OFFER && jsep.signalingState() == SignalingState.HAVE_LOCAL_OFFER) {
      jsep.setLocalDescription(DescriptionType.ROLLBACK, null);
      transports.cancelRestarts();
      applied(SignalingState.HAVE_LOCAL_OFFER, DescriptionType.ROLLBACK);
    }
  }

  /** Adds a trickled candidate; empty text is the end of candidates. */
  public void addRemoteCandidate(
      String text, @Nullable String mid, @Nullable Integer mLineIndex, @Nullable String ufrag)
      throws JsepException {
    Set<Integer> belongsTo = jsep.addRemoteCandidate(text, mid, mLineIndex, ufrag);
    publish();
    try {
      for (int transport : belongsTo) {
        if (!connecting.get(transport)) {
          continue; // kept in the description until the answer is there
        }
        if (text.isEmpty()) {
          transports.session(transport).endOfRemoteCandidates();
        } else {
          add(transport, CandidateAttribute.parse(text));
        }
      }
    } catch (SdpException e) {
      throw new JsepException("OperationError", String.valueOf(e.getMessage()));
    }
  }

  /** A data channel was created: negotiation may be needed. */
  void requestDataChannels() {
    jsep.requestDataChannels();
    updateNegotiationNeeded();
  }

  /** A transceiver was added. */
  void add(Transceiver transceiver) {
    jsep.addTransceiver(transceiver);
    updateNegotiationNeeded();
  }

  /** What descriptions say of a transceiver was changed. */
  void transceiverChanged() {
    updateNegotiationNeeded();
  }

  JsepSession jsep() {
    return jsep;
  }

  void onLocalCandidate(int transport, IceCandidate candidate) {
    String text = CandidateText.of(candidate);
    jsep.addLocalCandidate(transport, text);
    publish();
    fireCandidate(transport, text, candidate.server());
  }

  /** The other side is not told, since signalling has no word for it; descriptions follow. */
  void onLocalCandidateGone(int transport, IceCandidate candidate) {
    jsep.removeLocalCandidate(transport, CandidateText.of(candidate));
    publish();
  }

  void onGatheringAgain(int transport) {
    gathering.resume(transport);
  }

  /** W3C WebRTC section 4.4.1.5: the last candidate is empty, then gathering is complete. */
  void onGatheringComplete(int transport) {
    jsep.endOfLocalCandidates(transport);
    publish();
    fireCandidate(transport, "", null);
    gathering.complete(transport);
  }

  /** The data channels as both descriptions have them; null before, or without data. */
  @Nullable NegotiatedData data() {
    NegotiatedData data = jsep.data();
    return data != null && connecting.get(data.transport()) ? data : null;
  }

  /** The transport as the remote description has it; null without one. */
  @Nullable NegotiatedTransport transport(int index) {
    for (NegotiatedTransport transport : jsep.transports()) {
      if (transport.index() == index) {
        return transport;
      }
    }
    return null;
  }

  void close() {
    jsep.close();
  }

  private @Nullable SessionDescription created(DescriptionType type) throws JsepException {
    return switch (type) {
      case OFFER -> jsep.createOffer(false);
      case PRANSWER, ANSWER -> jsep.createAnswer();
      case ROLLBACK -> null;
    };
  }

  /** W3C WebRTC section 4.4.2, setLocalDescription without a type. */
  private DescriptionType implicitType() {
    return switch (jsep.signalingState()) {
      case STABLE, HAVE_LOCAL_OFFER, HAVE_REMOTE_PRANSWER -> DescriptionType.OFFER;
      case HAVE_REMOTE_OFFER, HAVE_LOCAL_PRANSWER, CLOSED -> DescriptionType.ANSWER;
    };
  }

  /** RFC 8445 section 6.1.1: whoever talks to a lite agent controls. */
  private IceRole roleOfAnswerer() {
    boolean lite = jsep.transports().stream().anyMatch(NegotiatedTransport::iceLite);
    return lite ? IceRole.CONTROLLING : IceRole.CONTROLLED;
  }

  private void applied(SignalingState before, DescriptionType type) {
    publish();
    if (jsep.signalingState() != before) {
      listener.onSignalingState(jsep.signalingState());
    }
    if (type == DescriptionType.ANSWER || type == DescriptionType.PRANSWER) {
      connect();
    }
    owner.onApplied();
    if (jsep.signalingState() == SignalingState.STABLE) {
      forgetUnused();
      negotiationNeeded = false;
      updateNegotiationNeeded();
    }
  }

  private void connect() {
    for (NegotiatedTransport remote : jsep.transports()) {
      connect(remote);
    }
    NegotiatedData data = jsep.data();
    if (data != null) {
      listener.onDataNegotiated(data.transport(), data.maxMessageSize());
      owner.onDataAccepted();
    }
  }

  private void connect(NegotiatedTransport remote) {
    int index = remote.index();
    TransportSession transport = transports.session(index);
    connecting.set(index);
    transport.connect(remote);
    jsep.remoteCandidates(index).forEach(candidate -> add(index, candidate));
    if (jsep.remoteCandidatesEnded(index)) {
      transport.endOfRemoteCandidates();
    }
  }

  private void add(int transport, CandidateAttribute attribute) {
    IceCandidate candidate = CandidateText.parse(attribute);
    if (candidate != null) {
      transports.session(transport).addRemoteCandidate(candidate);
    }
  }

  /** Transports that the new local description gives other ICE credentials. */
  private void restartTransports() {
    for (LocalSections sections : jsep.localSections()) {
      int index = sections.transport();
      if (transports.session(index).applyLocal(jsep.localUfrag(index))) {
        jsep.restartLocalCandidates(index);
      }
    }
  }

  /** What BUNDLE made unnecessary, or a rejected section left behind. */
  private void forgetUnused() {
    Set<Integer> used = new HashSet<>();
    jsep.localSections().forEach(sections -> used.add(sections.transport()));
    if (used.isEmpty()) {
      return; // a connection goes on when its last section was rejected: it may be used anew
    }
    transports.retain(used);
    BitSet kept = new BitSet();
    used.forEach(kept::set);
    connecting.and(kept);
    gathering.retain(kept);
  }

  private void fireCandidate(int transport, String text, @Nullable CandidateServer server) {
    for (LocalSections sections : jsep.localSections()) {
      if (sections.transport() == transport) {
        String ufrag = transports.session(transport).localCredentials().ufrag();
        listener.onLocalCandidate(
            new LocalCandidate(text, sections.mid(), sections.mLineIndex(), ufrag, server));
      }
    }
  }

  /** The event could not be delivered as the chain had grown: its need is looked at again. */
  public void renewNegotiationNeeded() {
    negotiationNeeded = false;
    updateNegotiationNeeded();
  }

  /** W3C WebRTC section 4.7.3: once, when it became needed, all is done and the state is stable. */
  private void updateNegotiationNeeded() {
    updateOnEmptyChain = !operations.isEmpty();
    if (updateOnEmptyChain) {
      return; // asked again when it is empty
    }
    if (jsep.signalingState() != SignalingState.STABLE) {
      return; // asked again when it is
    }
    boolean needed = jsep.isNegotiationNeeded();
    boolean fire = needed && !negotiationNeeded;
    negotiationNeeded = needed;
    if (fire) {
      listener.onNegotiationNeeded();
    }
  }

  private void publish() {
    listener.onDescriptions(descriptions());
  }

  private Descriptions descriptions() {
    return Descriptions.of(jsep, currentLocalType);
  }
}
