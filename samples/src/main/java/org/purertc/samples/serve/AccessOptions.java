package org.purertc.samples.serve;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.server.SignalingOptions;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who may use a server. */
final class AccessOptions {
  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Lets everybody who shows it into every room.")
  private @Nullable String token;

  @Mixin private final TokenSecretOption tokenSecret = new TokenSecretOption();

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      split = " +",
      hideParamSyntax = true,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Pages of this origin may use the server, too (https://example.org, * for all).")
  private Set<String> allowedOrigins = new LinkedHashSet<>();

  SignalingOptions in(SignalingOptions options) {
    return options
        .withToken(token)
        .withTokenSecret(tokenSecret.read())
        .withAllowedOrigins(allowedOrigins);
  }

  boolean asksForToken() {
    return token != null || tokenSecret.read() != null;
  }
}
