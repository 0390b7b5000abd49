package org.purertc.samples.signaling.cluster;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.tls.TrustedCertificates;

/**
 * Where servers meet.
 *
 * @param uri such as {@code redis://127.0.0.1:6379}; docs/scaling.md lists them
 * @param trusted PEM certificates to trust for TLS, in place of the JVM's; null for the JVM's
 */
public record RedisAddress(String uri, @Nullable Path trusted) {

  /** The address in the library's form. */
  RedisURI parsed() {
    RedisURI parsed = RedisURI.create(uri);
    boolean tls = parsed.isSsl() || parsed.getSentinels().stream().anyMatch(RedisURI::isSsl);
    if (trusted != null && !tls) {
      throw new IllegalArgumentException(
          "its address does not ask for TLS (rediss:), for which there are certificates to trust");
    }
    return parsed;
  }

  /** Whom to trust, as the library wants it. */
  SslOptions tls() throws IOException {
    SslOptions.Builder builder = SslOptions.builder();
    return trusted == null
        ? builder.build()
        : builder.trustManager(TrustedCertificates.managers(trusted)).build();
  }

  /** The address may hold a password. */
  @Override
  public String toString() {
    return "an address of Redis";
  }
}
