package org.purertc.samples.transfer;

import java.util.Locale;

/** Why a transfer did not happen, for programs. */
public enum FailureCode {
  /** The receiver's user does not want it. */
  DECLINED,
  /** Another receiver is served, or another process writes the same file. */
  BUSY,
  /** The receiver cannot write: no room, no permission. */
  DISK,
  /** Something of that name is there already. */
  EXISTS,
  /** The receiver's file system, or the receiver, does not allow a name. */
  NAME,
  /** The source is missing, unreadable or changed while it was sent. */
  SOURCE,
  /** The other side does not keep to the protocol. */
  PROTOCOL,
  /** A proof is missing or wrong. */
  AUTHENTICATION,
  /** The bytes that arrived are not the ones that were sent. */
  HASH,
  /** The other side's user interrupted it. */
  LEFT,
  /** The connection broke; not a word on the wire, because nobody can say it. */
  LOST,
  OTHER;

  /** The word in a message. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a word that may come from a newer version: what is unknown is {@link #OTHER}. */
  static FailureCode of(String word) {
    for (FailureCode code : values()) {
      if (code != LOST && code.word().equals(word)) {
        return code;
      }
    }
    return OTHER;
  }
}
