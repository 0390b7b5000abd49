package org.purertc.dtls;

/** Where records go: called on the loop; the buffer is valid during the call only. */
@FunctionalInterface
public interface DatagramSink {
  void send(byte[] buffer, int offset, int length);
}
