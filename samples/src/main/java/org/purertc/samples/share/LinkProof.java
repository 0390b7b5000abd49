package org.purertc.samples.share;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSessionDescription;
import org.purertc.samples.transfer.Authenticator;
import org.purertc.samples.transfer.Role;

/**
 * Shows that both ends of a connection know the link's secret and see the same certificates.
 *
 * <p>Each proof covers the fingerprints of both descriptions as the end that makes it knows them
 * (DTLS has compared them with the certificates). Who sits between the two ends has certificates of
 * its own, so the ends see other fingerprints, and it cannot make a proof over those.
 */
final class LinkProof implements Authenticator {
  /** RFC 8122 section 5. */
  private static final Pattern FINGERPRINT =
      Pattern.compile("^a=fingerprint:(.*?)\\s*$", Pattern.MULTILINE);

  private final LinkSecret secret;
  private final Role role;
  private final Supplier<@Nullable RTCSessionDescription> local;
  private final Supplier<@Nullable RTCSessionDescription> remote;

  private LinkProof(
      LinkSecret secret,
      Role role,
      Supplier<@Nullable RTCSessionDescription> local,
      Supplier<@Nullable RTCSessionDescription> remote) {
    this.secret = secret;
    this.role = role;
    this.local = local;
    this.remote = remote;
  }

  /**
   * For one end of a connection, which is asked for its descriptions when they are needed.
   *
   * @param role of this end
   */
  static LinkProof of(LinkSecret secret, Role role, RTCPeerConnection peer) {
    return new LinkProof(secret, role, peer::localDescription, peer::remoteDescription);
  }

  static LinkProof of(
      LinkSecret secret, Role role, RTCSessionDescription local, RTCSessionDescription remote) {
    return new LinkProof(secret, role, () -> local, () -> remote);
  }

  @Override
  public String proof(Role of) {
    String own = fingerprints(local.get());
    String others = fingerprints(remote.get());
    boolean sending = role == Role.SENDER;
    return secret.authenticate(
        "purertc-file 2\n"
            + of.word()
            + "\n"
            + (sending ? own : others)
            + "\n"
            + (sending ? others : own)
            + "\n");
  }

  @Override
  public boolean accepts(Role of, String proof) {
    return MessageDigest.isEqual(
        proof(of).getBytes(StandardCharsets.UTF_8), proof.getBytes(StandardCharsets.UTF_8));
  }

  /** All of them: one that was added would be noticed, too. */
  private static String fingerprints(@Nullable RTCSessionDescription description) {
    if (description == null) {
      throw new IllegalStateException("no proof before both descriptions are there");
    }
    Matcher lines = FINGERPRINT.matcher(description.sdp());
    return lines
        .results()
        .map(line -> line.group(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(","));
  }
}
