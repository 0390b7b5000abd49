package org.purertc.samples.serve;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.tls.SelfSignedCertificate;
import org.purertc.samples.tls.ServerCertificate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether and how a server speaks TLS. */
final class TlsOptions {
  @Option(
      names = "--tls",
      description = {
        "https and wss, with a certificate that is made at the first start and kept. Browsers ask"
            + " once whether you trust it; without https they give camera and microphone to pages"
            + " of this machine only."
      })
  private boolean tls;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "https with this certificate (PEM, followed by those that vouch for it).")
  private @Nullable Path certificates;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM).")
  private @Nullable Path key;

  @Option(
      names = "--redirect-port",
      paramLabel = "PORT",
      description = "Sends who comes by http to this port on to https.")
  private @Nullable Integer redirectPort;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * What the server shows; null without TLS.
   *
   * @param host its name for sure
   */
  @Nullable ServerCertificate certificate(Path directory, String host) throws IOException {
    Path file = certificates;
    Path secret = key;
    if (file != null && secret != null) {
      return ServerCertificate.read(file, secret);
    } else if (file != null || secret != null) {
      throw wrong("--tls-cert and --tls-key go together");
    } else if (redirectPort != null && !tls) {
      throw wrong("--redirect-port needs --tls, or --tls-cert and --tls-key");
    }
    return tls ? SelfSignedCertificate.in(directory, host) : null;
  }

  boolean isSelfSigned() {
    return tls && certificates == null;
  }

  @Nullable Integer redirectPort() {
    return redirectPort;
  }

  private ParameterException wrong(String reason) {
    return new ParameterException(spec.commandLine(), reason);
  }
}
