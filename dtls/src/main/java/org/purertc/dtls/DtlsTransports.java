package org.purertc.dtls;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.internal.Endpoint;
import org.purertc.dtls.internal.SrtpProfile;

/**
 * Makes {@link DtlsTransport}s with one certificate.
 *
 * <p>A handshake borrows a thread (a virtual one on Java 21 and newer) for as long as it lasts, at
 * most 10 seconds; a connected transport has none.
 */
public final class DtlsTransports implements AutoCloseable {

  private final DtlsCertificate certificate;
  private final Endpoint endpoint;
  private volatile boolean closed;

  /**
   * @param keyLog a file that gets NSS key log lines for Wireshark, or null. Whoever has the file
   *     can read the traffic
   * @throws java.io.UncheckedIOException when the file cannot be written
   */
  public DtlsTransports(DtlsCertificate certificate, @Nullable Path keyLog) {
    this(certificate, keyLog, SrtpProfile.PREFERENCE);
  }

  DtlsTransports(
      DtlsCertificate certificate, @Nullable Path keyLog, List<SrtpProfile> srtpProfiles) {
    this.certificate = certificate;
    this.endpoint = new Endpoint(certificate.identity(), keyLog, srtpProfiles);
  }

  public DtlsCertificate certificate() {
    return certificate;
  }

  /**
   * @param loop runs tasks on the owner's thread; everything of the listener and the sink is called
   *     there
   * @param sink where records go
   * @throws IllegalStateException after {@link #close}
   */
  public DtlsTransport create(Executor loop, DatagramSink sink, DtlsListener listener) {
    if (closed) {
      throw new IllegalStateException("these DtlsTransports are closed: make new ones");
    }
    return new DtlsAssociation(endpoint, loop, sink, listener);
  }

  /** Frees the threads that handshakes borrow; running handshakes end as closed. */
  @Override
  public void close() {
    closed = true;
    endpoint.close();
  }
}
