package org.purertc.samples.serve;

import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.server.TokenSecret;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The secret that {@code serve} and {@code token} share. */
final class TokenSecretOption {
  @Option(
      names = "--token-secret",
      paramLabel = "SECRET",
      defaultValue = "${env:PURERTC_SERVE_TOKEN_SECRET}",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Signs tokens for one room each, as \"purertc token\" makes them.")
  private @Nullable String secret;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Nullable TokenSecret read() {
    String text = secret;
    try {
      return text == null ? null : new TokenSecret(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--token-secret is too short: 32 characters or more (openssl rand -hex 32)");
    }
  }
}
