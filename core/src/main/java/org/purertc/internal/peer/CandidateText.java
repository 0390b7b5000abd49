package org.purertc.internal.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.CandidateType;
import org.purertc.ice.IceCandidate;
import org.purertc.ice.TcpType;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.CandidateAttribute.Extension;
import org.purertc.sdp.CandidateAttribute.RelatedAddress;

/** Turns candidates of signalling, with addresses as text, into those of the agent and back. */
final class CandidateText {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

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
            related == null ? null : new RelatedAddress(text(related), related.getPort()),
            // RFC 6544 section 4.5.
            tcpType == null ? List.of() : List.of(new Extension("tcptype", tcpType.toString())))
        .toCandidateString();
  }

  /**
   * The candidate for the agent, or null for one that it passes over: the second component of a
   * peer without rtcp-mux, names of multicast DNS, a type or a protocol that we do not know.
   */
  static @Nullable IceCandidate parse(CandidateAttribute attribute) {
    CandidateType type = type(attribute.type());
    InetAddress address = address(attribute.address());
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
            new InetSocketAddress(address, attribute.port()),
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

  private static String text(InetSocketAddress address) {
    String text = address.getAddress().getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
