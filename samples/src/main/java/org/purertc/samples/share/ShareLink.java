package org.purertc.samples.share;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** A link as {@code send} prints it. */
record ShareLink(String host, int port, String code) {
  private static final Pattern CODE = Pattern.compile("/([A-Za-z0-9_-]+)/?");

  static ShareLink parse(String text) {
    try {
      URI uri = new URI(text.strip());
      var path = CODE.matcher(String.valueOf(uri.getPath()));
      if ("http".equals(uri.getScheme()) && uri.getHost() != null && path.matches()) {
        return new ShareLink(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort(), path.group(1));
      }
    } catch (URISyntaxException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is no link of \"purertc send\" (http://HOST:PORT/CODE)");
  }

  URI signaling() {
    return URI.create("ws://" + host + ":" + port + "/" + code + "/ws");
  }
}
