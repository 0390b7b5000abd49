package org.purertc.internal.sctp.rx;

import org.purertc.internal.sctp.packet.ErrorCause;

/** Where the receiving half puts what it found out, from inside the call that caused it. */
public interface MessageSink {

  /**
   * A whole message, in its order. It counts against the window until {@link
   * ReassemblyQueue#consumed}.
   *
   * @param message belongs to the callee
   */
  void onMessage(int streamId, long ppid, byte[] message);

  /** The peer's reset of these streams was performed: each message before it was delivered. */
  void onStreamsReset(int[] streamIds);

  /** The peer broke a rule; the association is to be aborted with this cause. */
  void onViolation(ErrorCause cause);
}
