package org.purertc;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.datachannel.ChannelParameters;

/** Checks the options of a new channel, W3C WebRTC section 6.1, createDataChannel. */
final class ChannelOptions {
  private static final int MAX_UNSIGNED_SHORT = 65_535;

  private ChannelOptions() {}

  static ChannelParameters check(String label, RTCDataChannelInit init) {
    checkLength("label", label);
    checkLength("protocol", init.protocol());
    if (init.maxPacketLifeTime() != null && init.maxRetransmits() != null) {
      throw typeError("maxPacketLifeTime and maxRetransmits exclude each other; give one");
    }
    return new ChannelParameters(
        label,
        init.protocol(),
        init.ordered(),
        limit("maxRetransmits", init.maxRetransmits()),
        limit("maxPacketLifeTime", init.maxPacketLifeTime()),
        negotiatedId(init));
  }

  private static int negotiatedId(RTCDataChannelInit init) {
    if (!init.negotiated()) {
      return -1; // W3C: an id without negotiated is ignored
    }
    Integer id = init.id();
    if (id == null) {
      throw typeError("A negotiated channel needs an id that both sides give");
    }
    // RFC 8832 section 6: 65535 is reserved.
    if (id < 0 || id >= MAX_UNSIGNED_SHORT) {
      throw typeError("id " + id + " is not within 0 to 65534");
    }
    return id;
  }

  private static int limit(String name, @Nullable Integer value) {
    if (value == null) {
      return -1;
    }
    if (value < 0 || value > MAX_UNSIGNED_SHORT) {
      throw typeError(name + " " + value + " is not within 0 to 65535");
    }
    return value;
  }

  private static void checkLength(String name, String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_UNSIGNED_SHORT) {
      throw typeError("The " + name + " has " + bytes + " bytes in UTF-8; 65535 fit");
    }
  }

  private static RTCException typeError(String message) {
    return new RTCException("TypeError", message);
  }
}
