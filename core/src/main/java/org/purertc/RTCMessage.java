package org.purertc;

import java.nio.charset.StandardCharsets;

/** A received message: text or binary. The array belongs to the receiver. */
public record RTCMessage(boolean isText, byte[] bytes) {

  /** The message as text; a binary message is read as UTF-8. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
