package org.purertc.samples.share;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.terminal.Reporter;

/** The link of one run of {@code send}: a new one, or that of an unfinished run before it. */
final class SenderLink implements AutoCloseable {
  private final Room room;
  private final LinkSecret secret;
  private final Reporter reporter;
  private final @Nullable KeptLink kept;

  /** Where the server was, 0 when it was nowhere. */
  private final int lastPort;

  /** Makes a server at a port. */
  @FunctionalInterface
  interface ServerAt {
    ShareServer start(int port) throws IOException;
  }

  private SenderLink(
      Reporter reporter, @Nullable KeptLink kept, KeptLink.@Nullable Address address) {
    SecureRandom random = new SecureRandom();
    this.reporter = reporter;
    this.kept = kept;
    room = address == null ? Room.random(random) : address.room();
    secret = address == null ? LinkSecret.random(random) : address.secret();
    lastPort = address == null ? 0 : address.port();
  }

  /** One that ends with this run. */
  static SenderLink temporary(Reporter reporter) {
    return new SenderLink(reporter, null, null);
  }

  /**
   * One that lasts until the transfer is done.
   *
   * @param words say what is sent: the same words, the same link
   * @param renew whether to forget an older one
   */
  static SenderLink lasting(List<String> words, boolean renew, Reporter reporter) {
    try {
      KeptLink kept =
          KeptLink.open(StateDirectory.of(System.getenv(), System.getProperty("user.home")), words);
      if (kept != null) {
        return new SenderLink(reporter, kept, renew ? null : kept.address());
      }
      reporter.stage("another command sends the same: this link is a separate one");
    } catch (IOException e) {
      reporter.note(
          "not-kept",
          "run again, this command will print another link: cannot write " + e.getMessage(),
          Map.of("reason", String.valueOf(e.getMessage())));
    }
    return temporary(reporter);
  }

  Room room() {
    return room;
  }

  LinkSecret secret() {
    return secret;
  }

  /**
   * Starts the server where it was, if that is possible.
   *
   * @param wish the port that the user named, 0 for none
   */
  ShareServer serve(int wish, ServerAt server) throws IOException {
    ShareServer started = wish == 0 ? startAgain(server) : server.start(wish);
    if (kept != null) {
      kept.save(new KeptLink.Address(room, secret, started.port()));
    }
    return started;
  }

  private ShareServer startAgain(ServerAt server) throws IOException {
    if (lastPort == 0) {
      return server.start(0);
    }
    try {
      return server.start(lastPort);
    } catch (IOException e) {
      reporter.note(
          "moved",
          "the link has changed: port " + lastPort + " is in use by another program",
          Map.of("port", lastPort));
      return server.start(0);
    }
  }

  /** The whole link of a server at {@code url}. */
  ShareLink at(String url) {
    return new ShareLink(url, room, secret);
  }

  /** The transfer is done. */
  void forget() throws IOException {
    if (kept != null) {
      kept.forget();
    }
  }

  @Override
  public void close() throws IOException {
    if (kept != null) {
      kept.close();
    }
  }
}
