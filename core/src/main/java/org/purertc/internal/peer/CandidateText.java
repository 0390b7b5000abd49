package org.purertc.internal.peer;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.CandidateType;
import org.purertc.ice.IceCandidate;
import org.purertc.ice.TcpType;
import org.purertc.ice.mdns.LocalName;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.CandidateAttribute.Extension;
import org.purertc.sdp.CandidateAttribute.RelatedAddress;

/** Turns candidates of signalling, with addresses as text, into those of the agent and back. */
final class CandidateText {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  /** RFC 8839 section 9.1: the port of a related address that is hidden. */
  private static final int HIDDEN_PORT = 9;

  private CandidateText() {}

  static String of(IceCandidate candidate) {
    InetSocketAddress related = candidate.relatedAddress();
    TcpType tcpType = candidate.tcpType();
    return new CandidateAttribute(
            candidate.foundation(),
            candidate.component(),
            tcpType == null ? "udp" : "tcp",
            candidate.priority(),
            text(candidate.address()),
            candidate.address().getPort(),
            candidate.type().toString(),
            related == null ? null : related(related),
            // RFC 6544 section 4.5.
            tcpType == null ? List.of() : List.of(new Extension("tcptype", tcpType.toString())))
        .toCandidateString();
  }

  /**
   * The candidate for the agent, or null for one that it passes over: the second component of a
   * peer without rtcp-mux, names but those of multicast DNS, a type or a protocol that we do not
   * know.
   */
  static @Nullable IceCandidate parse(CandidateAttribute attribute) {
    CandidateType type = type(attribute.type());
    InetSocketAddress address = transportAddress(attribute);
    TcpType tcpType = attribute.isTcp() ? tcpType(attribute.tcpType()) : null;
    boolean knownProtocol = attribute.isUdp() || tcpType != null;
    if (!knownProtocol
        || attribute.component() != 1
        || attribute.port() == 0
        || type == null
        || address == null) {
      return null;
    }
    RelatedAddress related = attribute.related();
    InetAddress relatedAddress = related == null ? null : address(related.address());
    return new IceCandidate(
            attribute.foundation(),
            attribute.component(),
            attribute.priority(),
            address,
            type,
            related == null || relatedAddress == null
                ? null
                : new InetSocketAddress(relatedAddress, related.port()))
        .withTcpType(tcpType);
  }

  private static @Nullable TcpType tcpType(@Nullable String word) {
    for (TcpType type : TcpType.values()) {
      if (type.toString().equals(word)) {
        return type;
      }
    }
    return null;
  }

  private static @Nullable InetSocketAddress transportAddress(CandidateAttribute attribute) {
    LocalName name = LocalName.parse(attribute.address());
    if (name != null) {
      return name.unresolved(attribute.port());
    }
    InetAddress address = address(attribute.address());
    return address == null ? null : new InetSocketAddress(address, attribute.port());
  }

  private static @Nullable CandidateType type(String word) {
    for (CandidateType type : CandidateType.values()) {
      if (type.toString().equals(word)) {
        return type;
      }
    }
    return null;
  }

  /** The address of a literal; a name is never looked up, that would block the loop. */
  private static @Nullable InetAddress address(String literal) {
    boolean isIpv6 = literal.indexOf(':') >= 0 && literal.indexOf('%') < 0;
    if (!isIpv6 && !IPV4.matcher(literal).matches()) {
      return null;
    }
    try {
      InetAddress address = InetAddress.getByName(literal);
      return address.isAnyLocalAddress() || address.isMulticastAddress() ? null : address;
    } catch (UnknownHostException e) {
      return null; // a number above 255, a malformed IPv6 address
    }
  }

  /** draft-ietf-mmusic-mdns-ice-candidates section 3.1.2.2: not even the name is told of a base. */
  static RelatedAddress related(InetSocketAddress address) {
    if (LocalName.of(address) != null) {
      return new RelatedAddress(unspecified(address), HIDDEN_PORT);
    }
    return new RelatedAddress(text(address), address.getPort());
  }

  private static String unspecified(InetSocketAddress sameFamily) {
    return sameFamily.getAddress() instanceof Inet4Address ? "0.0.0.0" : "::";
  }

  /** What may be told of an address: the name that hides it, or itself. */
  static String text(InetSocketAddress address) {
    LocalName name = LocalName.of(address);
    if (name != null) {
      return name.text();
    }
    String text = address.getAddress().getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
