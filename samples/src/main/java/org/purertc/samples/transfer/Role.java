package org.purertc.samples.transfer;

import java.util.Locale;

/** The two ends of a transfer. */
public enum Role {
  SENDER,
  RECEIVER;

  /** The word in a message. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Role other() {
    return this == SENDER ? RECEIVER : SENDER;
  }
}
