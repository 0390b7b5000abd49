package org.purertc.ice.turn;

import org.jspecify.annotations.Nullable;

/**
 * Why a server gave us nothing.
 *
 * @param code the STUN error code, or {@link #UNREACHABLE}
 * @param text one line for people
 */
public record ServerError(int code, String text) {

  /** W3C WebRTC section 4.8.3: the server could not be reached. */
  public static final int UNREACHABLE = 701;

  static final int TRY_ALTERNATE = 300;
  static final int UNAUTHENTICATED = 401;
  static final int ALLOCATION_MISMATCH = 437;
  static final int STALE_NONCE = 438;
  static final int ADDRESS_FAMILY_NOT_SUPPORTED = 440;

  static ServerError unreachable(String why) {
    return new ServerError(UNREACHABLE, why);
  }

  /**
   * @param reason the server's own words
   */
  static ServerError of(int code, String reason) {
    String known = meaning(code);
    String words = reason.isEmpty() ? "error " + code : reason;
    return new ServerError(code, known == null ? words : words + ": " + known);
  }

  /** RFC 8489 section 14.8, RFC 8656 section 19. */
  private static @Nullable String meaning(int code) {
    return switch (code) {
      case 400 -> "the server did not understand the request";
      case UNAUTHENTICATED -> "the server does not accept username and credential";
      case 403 -> "the server's administrator forbids it";
      case 420 -> "the server lacks an attribute that is needed";
      case ALLOCATION_MISMATCH -> "the server's allocation is gone, or another one is in its place";
      case STALE_NONCE -> "the server refuses even fresh nonces";
      case ADDRESS_FAMILY_NOT_SUPPORTED -> "the server has no relayed address of this family";
      case 441 -> "the allocation belongs to another username";
      case 442 -> "the server relays no UDP";
      case 443 -> "the peer's address is of another family than the relayed one";
      case 486 -> "this username has as many allocations as it may have";
      case 508 -> "the server has no relayed address left";
      default -> null;
    };
  }
}
