package org.purertc.samples.doctor;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server as a URL names it, RFC 7064 and RFC 7065.
 *
 * @param scheme stun, turn or turns
 * @param transport what the URL asks for; null when it says nothing
 */
record ServerName(String url, String scheme, String host, int port, @Nullable String transport) {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?<scheme>stun|turns?):(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._~-]+)"
              + "(:(?<port>[0-9]{1,5}))?(\\?transport=(?<transport>udp|tcp))?");

  private static final int STANDARD_PORT = 3478;
  private static final int STANDARD_TLS_PORT = 5349;

  /**
   * @throws IllegalArgumentException says in one line what is wrong
   */
  static ServerName parse(String url) {
    Matcher matcher = GRAMMAR.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          url + " is no URL of a server (stun:HOST, turn:HOST:PORT, turns:HOST:PORT)");
    }
    String scheme = matcher.group("scheme");
    String transport = matcher.group("transport");
    if (transport != null && (scheme.equals("stun") || isDtls(scheme, transport))) {
      throw new IllegalArgumentException(url + ": no " + scheme + " over " + transport + " here");
    }
    String port = matcher.group("port");
    int standard = scheme.equals("turns") ? STANDARD_TLS_PORT : STANDARD_PORT;
    int number = port == null ? standard : Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException(url + " has no possible port");
    }
    String host = matcher.group("host").replaceAll("[\\[\\]]", "");
    return new ServerName(url, scheme, host, number, transport);
  }

  private static boolean isDtls(String scheme, String transport) {
    return scheme.equals("turns") && transport.equals("udp");
  }

  boolean isTurn() {
    return !scheme.equals("stun");
  }

  /** udp, tcp or tls. */
  String protocol() {
    if (scheme.equals("turns")) {
      return "tls";
    }
    return transport == null ? "udp" : transport;
  }

  /** The same server for STUN, which each TURN server answers. */
  String stunUrl() {
    return "stun:" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** The same server over TCP, when the URL leaves it open; else nothing. */
  List<ServerName> otherWays() {
    return scheme.equals("turn") && transport == null
        ? List.of(new ServerName(url + "?transport=tcp", scheme, host, port, "tcp"))
        : List.of();
  }

  /** Its first address, IPv4 before IPv6; null when the name does not resolve. */
  @Nullable InetSocketAddress resolve() {
    try {
      InetAddress[] all = InetAddress.getAllByName(host);
      return Arrays.stream(all)
          .filter(Inet4Address.class::isInstance)
          .findFirst()
          .or(() -> Arrays.stream(all).findFirst())
          .map(address -> new InetSocketAddress(address, port))
          .orElse(null);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Whether it runs on this machine, by loopback or by an address of an interface. */
  boolean isThisMachine() {
    InetSocketAddress address = resolve();
    try {
      return address != null
          && (address.getAddress().isLoopbackAddress()
              || NetworkInterface.getByInetAddress(address.getAddress()) != null);
    } catch (SocketException e) {
      return false;
    }
  }

  boolean isLoopback() {
    InetSocketAddress address = resolve();
    return address != null && address.getAddress().isLoopbackAddress();
  }
}
