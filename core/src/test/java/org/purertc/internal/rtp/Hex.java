package org.purertc.internal.rtp;

import java.util.HexFormat;

/** Bytes as tests write them: hexadecimal digits, blanks anywhere. */
public final class Hex {
  private Hex() {}

  public static byte[] bytes(String... hex) {
    return HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
  }

  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
