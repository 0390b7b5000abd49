package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * What a packet reports of a telephone event, RFC 4733 section 2.3.
 *
 * @param code 0 to 15 for DTMF, up to 255 for others
 * @param end whether the event has ended with this duration
 * @param volume 0 to 63, in dBm0 below zero
 * @param durationTicks of the event's segment so far, 0 to {@link #MAX_DURATION_TICKS}
 */
public record TelephoneEvent(int code, boolean end, int volume, int durationTicks) {
  public static final int BYTES = 4;

  /** A longer event goes on in another segment, RFC 4733 section 2.5.1.3. */
  public static final int MAX_DURATION_TICKS = 0xffff;

  /** In the order of their codes, RFC 4733 section 3.2. */
  private static final String DTMF = "0123456789*#ABCD";

  public TelephoneEvent {
    if ((code & ~0xff) != 0 || (volume & ~0x3f) != 0 || (durationTicks & ~0xffff) != 0) {
      throw new IllegalArgumentException(
          "event " + code + ", volume " + volume + ", duration " + durationTicks);
    }
  }

  static TelephoneEvent parse(ByteReader in) throws MalformedPacketException {
    int code = in.u8();
    int flags = in.u8(); // E, a reserved bit, volume
    return new TelephoneEvent(code, (flags & 0x80) != 0, flags & 0x3f, in.u16());
  }

  public void write(ByteWriter out) {
    out.u8(code).u8((end ? 0x80 : 0) | volume).u16(durationTicks);
  }

  /** The code of a DTMF tone: {@code 0-9 * # A-D a-d}; -1 for another character. */
  public static int codeOf(char tone) {
    return DTMF.indexOf(tone >= 'a' && tone <= 'd' ? tone - 'a' + 'A' : tone);
  }

  /** The DTMF tone of a code; a space for an event that is none. */
  public static char toneOf(int code) {
    return code < DTMF.length() ? DTMF.charAt(code) : ' ';
  }
}
