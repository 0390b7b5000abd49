package org.purertc.dtls.internal;

/** Where the records of a {@link Connection} go; the buffer is valid during the call only. */
@FunctionalInterface
public interface RecordOutput {
  void send(byte[] buffer, int offset, int length);
}
