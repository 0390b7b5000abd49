package org.purertc.samples.serve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.TurnSecret;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The ICE servers that members are told. */
final class IceOptions {
  @Option(
      names = "--ice-server",
      paramLabel = "URL[,USER,PASSWORD]",
      split = " +",
      hideParamSyntax = true,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "A STUN or TURN server that members are told; may be given several times.")
  private List<String> iceServers = new ArrayList<>();

  @Option(
      names = "--turn",
      paramLabel = "URL",
      split = " +",
      hideParamSyntax = true,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "A TURN server with which this one shares --turn-secret.")
  private List<String> turnUrls = new ArrayList<>();

  @Option(
      names = "--turn-secret",
      paramLabel = "SECRET",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "coturn's static-auth-secret.")
  private @Nullable String turnSecret;

  @Option(
      names = "--turn-seconds",
      defaultValue = "3600",
      paramLabel = "SECONDS",
      description = "How long a member may use the credential that it is given.")
  private long turnSeconds;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  SignalingOptions in(SignalingOptions options) {
    return options
        .withIceServers(iceServers.stream().map(this::iceServer).toList())
        .withTurn(turn());
  }

  private @Nullable TurnSecret turn() {
    String secret = turnSecret;
    if (turnUrls.isEmpty() != (secret == null)) {
      throw wrong("--turn and --turn-secret go together");
    }
    turnUrls.forEach(this::requireIceUrl);
    return secret == null ? null : new TurnSecret(turnUrls, secret, turnSeconds);
  }

  private IceServer iceServer(String text) {
    String[] parts = text.split(",", 3);
    requireIceUrl(parts[0]);
    if (parts.length == 2) {
      throw wrong("--ice-server takes URL or URL,USER,PASSWORD");
    }
    List<String> urls = List.of(parts[0]);
    return parts.length == 1
        ? new IceServer(urls, null, null)
        : new IceServer(urls, parts[1], parts[2]);
  }

  private void requireIceUrl(String url) {
    if (!url.matches("(stuns?|turns?):.+")) {
      throw wrong(url + " is no URL of a STUN or TURN server (stun:HOST, turn:HOST:PORT)");
    }
  }

  private ParameterException wrong(String reason) {
    return new ParameterException(spec.commandLine(), reason);
  }
}
