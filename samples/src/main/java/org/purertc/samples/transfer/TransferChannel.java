package org.purertc.samples.transfer;

/** What a transfer needs of a data channel: reliable and ordered. */
public interface TransferChannel {

  void send(String text);

  /** Sends a part of the array, which may be reused after the call. */
  void send(byte[] bytes, int offset, int length);

  long bufferedAmount();

  /** The longest message that the other side takes. */
  long maxMessageBytes();

  /** Delivers what was sent, then closes. */
  void close();
}
