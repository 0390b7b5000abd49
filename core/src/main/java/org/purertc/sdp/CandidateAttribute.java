package org.purertc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * {@code a=candidate}, RFC 8839 section 5.1, with the {@code tcptype} of RFC 6544 and unknown
 * extensions kept.
 *
 * @param transport {@code udp}, {@code tcp}, …, as written
 * @param address an IP address or a name, such as the {@code .local} names of multicast DNS
 * @param type {@code host}, {@code srflx}, {@code prflx}, {@code relay} or a later one
 * @param related base of a reflexive or relayed candidate
 */
public record CandidateAttribute(
    String foundation,
    int component,
    String transport,
    long priority,
    String address,
    int port,
    String type,
    @Nullable RelatedAddress related,
    List<Extension> extensions) {

  /** Where a candidate comes from, RFC 8839 section 5.1: rel-addr and rel-port. */
  public record RelatedAddress(String address, int port) {}

  /** A name and a value behind the type, RFC 8839 section 5.1: cand-extension. */
  public record Extension(String name, String value) {}

  private static final String PREFIX = "candidate:";

  public CandidateAttribute {
    extensions = List.copyOf(extensions);
    Syntax.checkIceChars(foundation, 1, 32, "foundation");
    Syntax.require(component >= 1 && component <= 256, "component must be 1 to 256");
    Syntax.checkToken(transport, "transport");
    // RFC 8445 section 5.1.2: a positive integer up to 2^31 - 1.
    Syntax.require(priority >= 1 && priority <= Integer.MAX_VALUE, "priority must be 1 to 2^31-1");
    Syntax.checkWord(address, "address");
    Syntax.require(port >= 0 && port <= 65_535, "port must be 0 to 65535");
    Syntax.checkToken(type, "candidate type");
  }

  /**
   * Reads a candidate as signalling carries it.
   *
   * @param text with or without {@code candidate:} in front
   */
  public static CandidateAttribute parse(String text) throws SdpException {
    try {
      Syntax.checkText(text);
      return of(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    } catch (IllegalArgumentException e) {
      throw new SdpException(1, text, String.valueOf(e.getMessage()));
    }
  }

  static CandidateAttribute of(String value) {
    StringTokenizer in = new StringTokenizer(value, " ");
    String foundation = next(in, "foundation");
    int component = (int) Syntax.number(next(in, "component"), 1, 256, "component");
    String transport = next(in, "transport");
    long priority = Syntax.number(next(in, "priority"), 1, Integer.MAX_VALUE, "priority");
    String address = next(in, "address");
    int port = (int) Syntax.number(next(in, "port"), 0, 65_535, "port");
    Syntax.require(next(in, "typ").equals("typ"), "candidate needs typ behind the port");
    String type = next(in, "candidate type");
    List<Extension> rest = new ArrayList<>();
    while (in.hasMoreTokens()) {
      rest.add(new Extension(in.nextToken(), next(in, "value of the last extension")));
    }
    RelatedAddress related = takeRelated(rest);
    return new CandidateAttribute(
        foundation, component, transport, priority, address, port, type, related, rest);
  }

  private static @Nullable RelatedAddress takeRelated(List<Extension> rest) {
    if (rest.isEmpty() || !rest.get(0).name().equals("raddr")) {
      return null;
    }
    String address = rest.remove(0).value();
    Syntax.require(!rest.isEmpty() && rest.get(0).name().equals("rport"), "raddr without rport");
    return new RelatedAddress(
        address, (int) Syntax.number(rest.remove(0).value(), 0, 65_535, "rport"));
  }

  private static String next(StringTokenizer in, String what) {
    if (!in.hasMoreTokens()) {
      throw new IllegalArgumentException("candidate ends before its " + what);
    }
    return in.nextToken();
  }

  /** {@code active}, {@code passive} or {@code so}, RFC 6544 section 4.5; null for UDP. */
  public @Nullable String tcpType() {
    return extension("tcptype");
  }

  /** The value of an extension, null when there is none of that name. */
  public @Nullable String extension(String name) {
    for (Extension extension : extensions) {
      if (extension.name().equals(name)) {
        return extension.value();
      }
    }
    return null;
  }

  public boolean isUdp() {
    return transport.equalsIgnoreCase("udp");
  }

  /** {@code candidate:…}, as signalling carries it. */
  public String toCandidateString() {
    return PREFIX + this;
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(96);
    out.append(foundation).append(' ').append(component).append(' ').append(transport);
    out.append(' ').append(priority).append(' ').append(address).append(' ').append(port);
    out.append(" typ ").append(type);
    if (related != null) {
      out.append(" raddr ").append(related.address()).append(" rport ").append(related.port());
    }
    for (Extension extension : extensions) {
      out.append(' ').append(extension.name()).append(' ').append(extension.value());
    }
    return out.toString();
  }
}
