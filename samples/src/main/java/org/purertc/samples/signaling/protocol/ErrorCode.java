package org.purertc.samples.signaling.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can go wrong, with its HTTP status and its WebSocket close code. */
public enum ErrorCode {
  MALFORMED(400, 1008),
  UNKNOWN_TYPE(400, 1008),
  FORBIDDEN(403, 1008),
  UNKNOWN_MEMBER(404, 1008),
  RATE_LIMITED(429, 1008),
  UNSUPPORTED_VERSION(400, 1008),
  UNAUTHORIZED(401, 1008),
  ROOM_FULL(503, 1013),
  SERVER_FULL(503, 1013),
  UNKNOWN_SESSION(404, 1008),
  TOO_LARGE(413, 1009),
  OUT_OF_ORDER(409, 1008),
  TOO_SLOW(404, 1008),
  REMOVED(404, 1008),
  REPLACED(409, 4000),
  TIMEOUT(408, 1008),
  SHUTTING_DOWN(503, 1001);

  private final int httpStatus;
  private final int closeCode;

  ErrorCode(int httpStatus, int closeCode) {
    this.httpStatus = httpStatus;
    this.closeCode = closeCode;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** RFC 6455 section 7.4. */
  public int closeCode() {
    return closeCode;
  }

  /** As it stands in a message. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @JsonCreator
  static ErrorCode of(String word) {
    for (ErrorCode each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException("no error is called that");
  }
}
