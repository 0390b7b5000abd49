package org.purertc.samples.serve;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.server.TokenSecret;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code purertc token}. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    description = {
      "Makes a token that lets its owner into one room, for a server with the same --token-secret.",
      "It is a JSON Web Token (HS256) with \"room\", \"exp\" and, if wished, \"role\": any JWT"
          + " library makes the same.",
      ""
    })
public final class TokenCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ROOM",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "The room's name.")
  private String room = "";

  @Mixin private final TokenSecretOption secret = new TokenSecretOption();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description =
          "${COMPLETION-CANDIDATES}: what its owner is in the room. Without it the first one in a"
              + " room is its host.")
  private @Nullable MemberRole role;

  @Option(
      names = "--seconds",
      defaultValue = "3600",
      paramLabel = "SECONDS",
      description = "For how long one may enter with it; who is in the room then stays.")
  private long seconds;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    TokenSecret signing = secret.read();
    if (signing == null) {
      throw new ParameterException(
          spec.commandLine(), "--token-secret is missing (or PURERTC_SERVE_TOKEN_SECRET)");
    }
    long expires = System.currentTimeMillis() / 1_000 + seconds;
    spec.commandLine().getOut().println(signing.token(room, role, expires));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
