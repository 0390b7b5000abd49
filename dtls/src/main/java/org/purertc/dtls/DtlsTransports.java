package org.purertc.dtls;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes {@link DtlsTransport}s with one certificate. */
public final class DtlsTransports implements AutoCloseable {

  /**
   * @param keyLog a file that gets NSS key log lines for Wireshark, or null
   */
  public DtlsTransports(DtlsCertificate certificate, @Nullable Path keyLog) {
    throw new UnsupportedOperationException("skeleton");
  }

  public DtlsCertificate certificate() {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * @param loop runs tasks on the owner's thread; everything of the listener and the sink is called
   *     there
   * @param sink where records go
   */
  public DtlsTransport create(Executor loop, DatagramSink sink, DtlsListener listener) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Frees the threads that handshakes borrow; running handshakes end as closed. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("skeleton");
  }
}
