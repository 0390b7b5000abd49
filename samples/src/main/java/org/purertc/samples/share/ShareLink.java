package org.purertc.samples.share;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A link as {@code send} prints it. */
record ShareLink(String server, Room room, LinkSecret secret) {
  private static final Pattern PATH = Pattern.compile("/([^/]+)/?");

  /**
   * Reads a link.
   *
   * @throws IllegalArgumentException says in one line what is wrong with it
   */
  static ShareLink parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw wrong(text, e);
    }
    Matcher path = PATH.matcher(String.valueOf(uri.getPath()));
    if (!"http".equals(uri.getScheme())
        || uri.getHost() == null
        || !path.matches()
        || !Room.isOne(path.group(1))) {
      throw wrong(text, null);
    }
    if (uri.getFragment() == null) {
      throw new IllegalArgumentException(
          "the link has lost its secret, the part behind #: ask for the whole link (in a shell,"
              + " put it in quotes)");
    }
    try {
      LinkSecret secret = new LinkSecret(uri.getFragment());
      return new ShareLink("http://" + uri.getRawAuthority(), new Room(path.group(1)), secret);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the secret of the link, the part behind #, is damaged: ask for the whole link", e);
    }
  }

  private static IllegalArgumentException wrong(
      String text, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "\"" + text + "\" is no link of \"purertc send\" (http://HOST:PORT/ROOM#SECRET)", cause);
  }

  /** Without brackets around an IPv6 address. */
  String host() {
    String host = uri().getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    int port = uri().getPort();
    return port < 0 ? 80 : port;
  }

  private URI uri() {
    return URI.create(server);
  }

  /** Where the signalling is. */
  URI signaling() {
    return URI.create("ws" + server.substring("http".length()) + "/" + room.text() + "/ws");
  }

  /** The whole link, with its secret. */
  String url() {
    return server + "/" + room.text() + "#" + secret.text();
  }
}
