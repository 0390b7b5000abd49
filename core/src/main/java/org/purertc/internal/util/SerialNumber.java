package org.purertc.internal.util;

/** Serial number arithmetic, RFC 1982, for numbers of 16 or 32 bits that wrap. */
public final class SerialNumber {
  private static final long MASK_32 = 0xffff_ffffL;

  private SerialNumber() {}

  /** Whether the 32-bit number {@code a} comes before {@code b}. */
  public static boolean isBefore32(long a, long b) {
    return (int) (a - b) < 0;
  }

  /** Whether the 16-bit number {@code a} comes before {@code b}. */
  public static boolean isBefore16(int a, int b) {
    return (short) (a - b) < 0;
  }

  /** The number with these low 32 bits that is nearest to {@code reference}. */
  public static long unwrap32(long wrapped, long reference) {
    return reference + (int) (wrapped - reference);
  }

  /** The number with these low 16 bits that is nearest to {@code reference}. */
  public static long unwrap16(int wrapped, long reference) {
    return reference + (short) (wrapped - reference);
  }

  /** The low 32 bits, as they stand in a packet. */
  public static long wrap32(long unwrapped) {
    return unwrapped & MASK_32;
  }

  /** The low 16 bits, as they stand in a packet. */
  public static int wrap16(long unwrapped) {
    return (int) (unwrapped & 0xffff);
  }
}
