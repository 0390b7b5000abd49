package org.purertc.internal.peer;

import java.util.concurrent.Executor;
import org.purertc.dtls.DatagramSink;
import org.purertc.dtls.DtlsListener;
import org.purertc.dtls.DtlsTransport;

/** Makes the DTLS association of one peer; a simulation puts its double here. */
@FunctionalInterface
public interface DtlsFactory {
  DtlsTransport create(Executor loop, DatagramSink sink, DtlsListener listener);
}
