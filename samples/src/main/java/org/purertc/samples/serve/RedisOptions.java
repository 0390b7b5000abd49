package org.purertc.samples.serve;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.cluster.RedisAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether and where a server meets others. */
final class RedisOptions {
  @Option(
      names = "--redis",
      paramLabel = "URI",
      description =
          "Shares its rooms with all servers that name the same Redis (redis://HOST:PORT, rediss:"
              + " for TLS). docs/scaling.md.")
  private @Nullable String uri;

  @Option(
      names = "--redis-ca",
      paramLabel = "FILE",
      description = "PEM certificates to trust for rediss:, in place of the JVM's.")
  private @Nullable Path trusted;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** Null for a server alone. */
  @Nullable RedisAddress address() {
    if (uri != null) {
      return new RedisAddress(uri, trusted);
    } else if (trusted != null) {
      throw new ParameterException(spec.commandLine(), "--redis-ca needs --redis");
    }
    return null;
  }
}
