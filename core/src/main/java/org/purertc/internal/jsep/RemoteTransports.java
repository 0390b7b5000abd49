package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.FingerprintAttribute;
import org.purertc.sdp.GroupAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;
import org.purertc.sdp.SetupRole;

/** Reads the transports of the live sections out of a remote description. */
final class RemoteTransports {
  private final SessionDescription remote;
  private final MLines lines;

  /** The last negotiation; during one, its last provisional answer. */
  private final NegotiationState before;

  RemoteTransports(SessionDescription remote, MLines lines, NegotiationState before) {
    this.remote = remote;
    this.lines = lines;
    this.before = before;
  }

  /** What an offer says. */
  List<NegotiatedTransport> offered() throws JsepException {
    List<NegotiatedTransport> transports = new ArrayList<>();
    for (int transport : lines.transports()) {
      int index = statingIndex(remote, lines, transport);
      SetupRole setup = setup(index);
      if (setup == SetupRole.HOLDCONN) {
        throw JsepException.invalidAccess("offer has a=setup:holdconn, which opens no DTLS");
      }
      transports.add(of(transport, index, keptRole(before.transport(transport), index, setup)));
    }
    return transports;
  }

  /**
   * Our DTLS role in the running association; null when there is none, or when the offer wants
   * another one.
   */
  private @Nullable Boolean keptRole(
      @Nullable NegotiatedTransport before, int index, SetupRole setup) {
    Boolean running = runningRole(before, index);
    if (running == null) {
      return null;
    }
    SetupRole opposite = running ? SetupRole.ACTIVE : SetupRole.PASSIVE;
    return setup == opposite ? null : running;
  }

  /** Our DTLS role in the association that runs; null when there is none with this certificate. */
  private @Nullable Boolean runningRole(@Nullable NegotiatedTransport before, int index) {
    return before != null && before.roleKnown() && isSameCertificate(before, index)
        ? before.dtlsClient()
        : null;
  }

  /** What the remote's answer and our offer decide. */
  List<NegotiatedTransport> answered() throws JsepException {
    List<NegotiatedTransport> transports = new ArrayList<>();
    for (int transport : lines.transports()) {
      int index = statingIndex(remote, lines, transport);
      SetupRole setup = setup(index);
      // RFC 8842 section 5.3: the answerer chooses active or passive.
      if (setup != SetupRole.ACTIVE && setup != SetupRole.PASSIVE) {
        throw JsepException.invalidAccess(
            "answer has a=setup:" + setup + ", it must be active or passive");
      }
      Boolean kept = roleKeptOverRestart(before.transport(transport), index);
      transports.add(of(transport, index, kept != null ? kept : setup == SetupRole.PASSIVE));
    }
    return transports;
  }

  /**
   * RFC 8842 section 5.3: an ICE restart keeps association and roles. So does Firefox, but it
   * answers with "active" also where it is the server. Who uses tls-id means what it says.
   */
  private @Nullable Boolean roleKeptOverRestart(@Nullable NegotiatedTransport before, int index) {
    MediaDescription section = remote.media().get(index);
    boolean restarts = before != null && !before.iceUfrag().equals(remote.iceUfrag(section));
    return restarts && remote.tlsId(section) == null ? runningRole(before, index) : null;
  }

  /** What the remote's offer and our answer decide. */
  List<NegotiatedTransport> answeredBy(SessionDescription answer) throws JsepException {
    List<NegotiatedTransport> transports = new ArrayList<>();
    for (int transport : lines.transports()) {
      MediaDescription ours = answer.media().get(lines.on(transport).get(0));
      boolean client = answer.setup(ours) == SetupRole.ACTIVE;
      transports.add(of(transport, statingIndex(remote, lines, transport), client));
    }
    return transports;
  }

  /**
   * RFC 8842 section 5.3: the role for our answer, active unless the offer is; a running
   * association keeps its roles.
   */
  static SetupRole answerRole(
      SessionDescription offer, MLines lines, @Nullable NegotiatedTransport offered, int transport)
      throws JsepException {
    if (offered != null && offered.roleKnown()) {
      return offered.dtlsClient() ? SetupRole.ACTIVE : SetupRole.PASSIVE;
    }
    RemoteTransports remote = new RemoteTransports(offer, lines, NegotiationState.INITIAL);
    boolean offersActive = remote.setup(statingIndex(offer, lines, transport)) == SetupRole.ACTIVE;
    return offersActive ? SetupRole.PASSIVE : SetupRole.ACTIVE;
  }

  private boolean isSameCertificate(NegotiatedTransport before, int index) {
    MediaDescription section = remote.media().get(index);
    String tlsId = remote.tlsId(section);
    return Set.copyOf(before.fingerprints()).equals(Set.copyOf(fingerprints(section)))
        && (tlsId == null || before.tlsId() == null || tlsId.equals(before.tlsId()));
  }

  /**
   * RFC 8842 section 3.1: another certificate, tls-id or role means another association.
   *
   * @param dtlsClient our DTLS role, null while it is open
   */
  private int association(
      @Nullable NegotiatedTransport before, int index, @Nullable Boolean dtlsClient) {
    if (before == null) {
      return 0;
    }
    boolean sameRole = dtlsClient == null || dtlsClient == before.dtlsClient();
    boolean same = isSameCertificate(before, index) && sameRole;
    return same || !before.roleKnown() ? before.association() : before.association() + 1;
  }

  private NegotiatedTransport of(int transport, int index, @Nullable Boolean dtlsClient)
      throws JsepException {
    MediaDescription section = remote.media().get(index);
    String ufrag = required(remote.iceUfrag(section), "a=ice-ufrag", index);
    String password = required(remote.icePwd(section), "a=ice-pwd", index);
    List<String> fingerprints = fingerprints(section);
    if (fingerprints.isEmpty()) {
      required(null, "a=fingerprint", index);
    }
    return new NegotiatedTransport(
        transport,
        lines.midsOn(transport),
        ufrag,
        password,
        remote.attributes().isIceLite(),
        fingerprints,
        remote.tlsId(section),
        dtlsClient != null,
        dtlsClient != null && dtlsClient,
        association(before.transport(transport), index, dtlsClient));
  }

  private List<String> fingerprints(MediaDescription section) {
    return remote.fingerprints(section).stream().map(FingerprintAttribute::toString).toList();
  }

  private SetupRole setup(int index) throws JsepException {
    return required(remote.setup(remote.media().get(index)), "a=setup", index);
  }

  private <T> T required(@Nullable T value, String what, int index) throws JsepException {
    if (value == null) {
      throw JsepException.invalidAccess(
          "m-line "
              + index
              + " ("
              + remote.media().get(index).media()
              + "): "
              + what
              + " is missing");
    }
    return value;
  }

  /** Index of the section that states a transport: the first of its group, or the only one. */
  static int statingIndex(SessionDescription remote, MLines lines, int transport) {
    List<Integer> sections = lines.on(transport);
    GroupAttribute group = remote.bundleOf(remote.media().get(sections.get(0)));
    if (group != null) {
      for (String mid : group.mids()) {
        int index = remote.indexOfMid(mid);
        if (sections.contains(index)) {
          return iceIndex(remote, index);
        }
      }
    }
    return iceIndex(remote, sections.get(0));
  }

  /**
   * The section itself, or the first of its group when it is bundle-only and says nothing itself
   * (RFC 9143 section 7.2.1).
   */
  static int iceIndex(SessionDescription remote, int index) {
    MediaDescription section = remote.media().get(index);
    GroupAttribute group = remote.bundleOf(section);
    if (remote.iceUfrag(section) != null || group == null) {
      return index;
    }
    int tagged = remote.indexOfMid(group.mids().get(0));
    return tagged < 0 ? index : tagged;
  }
}
