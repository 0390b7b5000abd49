package org.purertc.samples.signaling.rooms;

import org.jspecify.annotations.Nullable;

/** A connection here, whose room another server has. */
public interface Relay {
  /** Takes a message of the client. */
  void receive(String text, long nowNs);

  /** The next message for the client; null when there is none now. */
  @Nullable String next();

  /** The number of the message that {@link #next} gave last; 0 when it had none. */
  long lastId();

  /** The client is gone. */
  void lost();
}
