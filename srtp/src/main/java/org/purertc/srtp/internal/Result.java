package org.purertc.srtp.internal;

/** The negative results of {@code SrtpSession}, which documents them. */
public final class Result {
  public static final int AUTHENTICATION_FAILED = -1;
  public static final int REPLAYED = -2;
  public static final int MALFORMED = -3;
  public static final int TOO_MANY_STREAMS = -4;
  public static final int KEY_LIFETIME_EXCEEDED = -5;

  private Result() {}
}
