package org.purertc.ice;

/**
 * Times of the agent. The defaults are those of {@link #DEFAULT}.
 *
 * @param taNs pacing of checks; at least 5 ms, RFC 8445 section 14.2
 * @param failAfterNs how long a check list without a usable pair waits for more remote candidates
 *     before it fails, RFC 8863 (39.5 s there)
 * @param consentIntervalNs mean interval of consent checks, RFC 7675 section 5.1; each is drawn
 *     from 0.8 to 1.2 times this
 * @param disconnectedAfterNs how long consent checks go unanswered before the state is {@code
 *     disconnected}
 * @param consentTimeoutNs time since the last answer after which consent has expired and the state
 *     is {@code failed}
 */
public record IceConfig(
    long taNs,
    long failAfterNs,
    long consentIntervalNs,
    long disconnectedAfterNs,
    long consentTimeoutNs) {

  private static final long MS = 1_000_000;

  public static final IceConfig DEFAULT =
      new IceConfig(20 * MS, 39_500 * MS, 5_000 * MS, 5_000 * MS, 30_000 * MS);
}
