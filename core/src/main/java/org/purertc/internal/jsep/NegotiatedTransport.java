package org.purertc.internal.jsep;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the remote description says of a transport, with what both together decide.
 *
 * @param index the number that {@link LocalTransports} knows it by
 * @param mids of the sections that it carries, in their order
 * @param iceUfrag another one than before is an ICE restart, RFC 8839 section 4.4.1.1
 * @param fingerprints {@code sha-256 AB:CD:…}, of media or session level
 * @param tlsId of the remote, RFC 8842 section 4; null without one
 * @param roleKnown false while only an offer was applied
 * @param dtlsClient whether we are the DTLS client; meaningful when {@code roleKnown}
 * @param association 0 for the first DTLS association of this transport; another number means
 *     another association, RFC 8842 section 3.1
 */
public record NegotiatedTransport(
    int index,
    List<String> mids,
    String iceUfrag,
    String icePwd,
    boolean iceLite,
    List<String> fingerprints,
    @Nullable String tlsId,
    boolean roleKnown,
    boolean dtlsClient,
    int association) {

  public NegotiatedTransport {
    mids = List.copyOf(mids);
    fingerprints = List.copyOf(fingerprints);
  }

  /** Whether ICE is the same: what the other says is no ICE restart. */
  public boolean isOnPathOf(NegotiatedTransport other) {
    return iceUfrag.equals(other.iceUfrag) && icePwd.equals(other.icePwd);
  }
}
