package org.purertc.internal.jsep;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.FingerprintAttribute;
import org.purertc.sdp.GroupAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;
import org.purertc.sdp.SetupRole;

/** Reads the transport of data channels out of a remote description. */
final class RemoteTransport {

  /** RFC 8841 section 6: the size that an absent a=max-message-size means. */
  private static final long DEFAULT_MAX_MESSAGE_SIZE = 65_536;

  private RemoteTransport() {}

  /**
   * What an offer says of its data section.
   *
   * @param before that of the last negotiation, null in the first
   */
  static NegotiatedTransport offered(
      SessionDescription offer, int index, String mid, @Nullable NegotiatedTransport before)
      throws JsepException {
    NegotiatedTransport transport = of(offer, index, mid, null);
    SetupRole setup = setup(offer, index);
    if (setup == SetupRole.HOLDCONN) {
      throw JsepException.invalidAccess("offer has a=setup:holdconn, which opens no DTLS");
    }
    Boolean client = runningRole(before, transport);
    if (client == null) {
      return transport;
    }
    if (setup == (client ? SetupRole.ACTIVE : SetupRole.PASSIVE)) {
      throw roleChanged(setup);
    }
    return of(offer, index, mid, client);
  }

  /** What an answer says of the data section that it accepts. */
  static NegotiatedTransport answered(
      SessionDescription answer, int index, String mid, @Nullable NegotiatedTransport before)
      throws JsepException {
    SetupRole setup = setup(answer, index);
    // RFC 8842 section 5.3: the answerer chooses active or passive.
    if (setup != SetupRole.ACTIVE && setup != SetupRole.PASSIVE) {
      throw JsepException.invalidAccess(
          "answer has a=setup:" + setup + ", it must be active or passive");
    }
    boolean client = setup == SetupRole.PASSIVE;
    NegotiatedTransport transport = of(answer, index, mid, client);
    Boolean running = runningRole(before, transport);
    if (running != null && running != client) {
      throw roleChanged(setup);
    }
    return transport;
  }

  /**
   * Whether we are DTLS client of the running association; null when there is none or when the
   * remote has another certificate, which means another association (RFC 8842 section 3.1).
   */
  private static @Nullable Boolean runningRole(
      @Nullable NegotiatedTransport before, NegotiatedTransport now) {
    if (before == null || !before.roleKnown()) {
      return null;
    }
    boolean same = Set.copyOf(before.fingerprints()).equals(Set.copyOf(now.fingerprints()));
    return same ? before.dtlsClient() : null;
  }

  private static JsepException roleChanged(SetupRole setup) {
    return JsepException.invalidAccess(
        "a=setup:" + setup + " would change the DTLS roles of a running association");
  }

  /**
   * @param mid of the section, ours when the remote wrote none
   * @param dtlsClient our DTLS role, null while it is open
   */
  static NegotiatedTransport of(
      SessionDescription remote, int index, String mid, @Nullable Boolean dtlsClient)
      throws JsepException {
    MediaDescription section = remote.media().get(index);
    MediaDescription ice = remote.media().get(iceIndex(remote, index));
    String ufrag = required(remote.iceUfrag(ice), "a=ice-ufrag", index);
    String password = required(remote.icePwd(ice), "a=ice-pwd", index);
    List<FingerprintAttribute> fingerprints = remote.fingerprints(ice);
    if (fingerprints.isEmpty()) {
      required(null, "a=fingerprint", index);
    }
    int port = required(DataSection.sctpPort(section), "a=sctp-port", index);
    Long size = section.attributes().maxMessageSize();
    return new NegotiatedTransport(
        mid,
        ufrag,
        password,
        remote.attributes().isIceLite(),
        fingerprints.stream().map(FingerprintAttribute::toString).toList(),
        dtlsClient != null,
        dtlsClient != null && dtlsClient,
        port,
        size == null ? DEFAULT_MAX_MESSAGE_SIZE : size);
  }

  /**
   * Index of the section that states the transport: the data section, or the first of its group
   * when it is bundle-only and says nothing itself (RFC 9143 section 7.2.1).
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

  static SetupRole setup(SessionDescription remote, int index) throws JsepException {
    int iceIndex = iceIndex(remote, index);
    return required(remote.setup(remote.media().get(iceIndex)), "a=setup", index);
  }

  private static <T> T required(@Nullable T value, String what, int index) throws JsepException {
    if (value == null) {
      throw JsepException.invalidAccess(
          "m-line " + index + " (application): " + what + " is missing");
    }
    return value;
  }
}
