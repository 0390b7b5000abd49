package org.purertc.samples.signaling.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.rooms.Admission;
import org.purertc.samples.signaling.rooms.RoomHost;

/** Answers the rooms as the options say. */
final class ConfiguredHost implements RoomHost {
  private final SignalingOptions options;

  ConfiguredHost(SignalingOptions options) {
    this.options = options;
  }

  @Override
  public @Nullable Admission admit(String room, @Nullable String token) {
    String wanted = options.token();
    TokenSecret secret = options.tokenSecret();
    if (wanted == null && secret == null) {
      return Admission.OPEN;
    }
    if (token == null) {
      return null;
    }
    // Compared in a time that does not tell how much of it was right.
    if (wanted != null && MessageDigest.isEqual(wanted.getBytes(UTF_8), token.getBytes(UTF_8))) {
      return Admission.OPEN;
    }
    return secret == null ? null : secret.admit(room, token, unixTimeMs());
  }

  @Override
  public List<IceServer> iceServers(String member) {
    List<IceServer> servers = new ArrayList<>(options.iceServers());
    TurnSecret turn = options.turn();
    if (turn != null) {
      servers.add(turn.credentials(member, unixTimeMs()));
    }
    return servers;
  }

  @Override
  public long unixTimeMs() {
    return System.currentTimeMillis();
  }
}
