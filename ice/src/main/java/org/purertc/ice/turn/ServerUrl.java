package org.purertc.ice.turn;

import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a STUN or TURN server is, RFC 7064 and RFC 7065.
 *
 * @param url as it was written
 * @param relays whether it is a TURN server
 * @param host a name or an address, IPv6 without brackets
 */
public record ServerUrl(String url, boolean relays, Transport transport, String host, int port) {

  /** How we talk to the server. */
  public enum Transport {
    UDP,
    TCP,
    TLS;

    /** W3C's word in {@code relayProtocol}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int DEFAULT_PORT = 3478;
  private static final int DEFAULT_TLS_PORT = 5349;
  private static final int LAST_PORT = 65_535;

  /** RFC 7065 section 3.1; of STUN the same without the query. */
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?<scheme>stuns?|turns?):"
              + "(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._~-]+)"
              + "(:(?<port>[0-9]{1,5}))?"
              + "(\\?transport=(?<transport>[A-Za-z0-9._~-]+))?",
          Pattern.CASE_INSENSITIVE);

  /**
   * @throws URISyntaxException when the text is no such URL; the message says what is wrong
   */
  public static ServerUrl parse(String url) throws URISyntaxException {
    Matcher matcher = GRAMMAR.matcher(url);
    if (!matcher.matches()) {
      throw new URISyntaxException(
          url, "expected stun:host, stun:host:port, turn:host:port?transport=udp|tcp or turns:…");
    }
    String scheme = matcher.group("scheme").toLowerCase(Locale.ROOT);
    boolean relays = scheme.startsWith("turn");
    boolean secure = scheme.endsWith("s");
    String query = matcher.group("transport");
    if (query != null && !relays) {
      throw new URISyntaxException(url, "a STUN URL has no transport");
    }
    String host = matcher.group("host");
    boolean bracketed = host.startsWith("[");
    return new ServerUrl(
        url,
        relays,
        transport(url, secure, query),
        bracketed ? host.substring(1, host.length() - 1) : host,
        port(url, matcher.group("port"), secure));
  }

  private static int port(String url, @Nullable String text, boolean secure)
      throws URISyntaxException {
    if (text == null) {
      return secure ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > LAST_PORT) {
      throw new URISyntaxException(url, "port " + text + " is not within 1 to " + LAST_PORT);
    }
    return port;
  }

  /** RFC 7065 section 3.1 and RFC 5928 section 3: UDP unless it says otherwise, secure is TLS. */
  private static Transport transport(String url, boolean secure, @Nullable String query)
      throws URISyntaxException {
    String word = query == null ? (secure ? "tcp" : "udp") : query.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "tcp" -> secure ? Transport.TLS : Transport.TCP;
      case "udp" -> {
        if (secure) {
          throw new URISyntaxException(url, "TURN over DTLS is not supported: use transport=tcp");
        }
        yield Transport.UDP;
      }
      default -> throw new URISyntaxException(url, "transport " + query + " is not udp or tcp");
    };
  }
}
