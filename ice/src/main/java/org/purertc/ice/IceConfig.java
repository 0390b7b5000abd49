package org.purertc.ice;

/**
 * Times and mode of the agent. The defaults are those of {@link #DEFAULT}.
 *
 * @param taNs pacing of checks; at least 5 ms, RFC 8445 section 14.2
 * @param failAfterNs how long a check list without a usable pair waits for more remote candidates
 *     before it fails, RFC 8863 (39.5 s there)
 * @param consentIntervalNs mean interval of consent checks, RFC 7675 section 5.1; each is drawn
 *     from 0.8 to 1.2 times this
 * @param consentSilenceNs how long the answer to a consent check may take before checks come faster
 * @param consentRetryNs how fast; at least 500 ms, RFC 8445 section 14.3
 * @param disconnectedAfterNs how long consent checks go unanswered before the state is {@code
 *     disconnected}
 * @param consentTimeoutNs time since the last answer after which consent has expired and the state
 *     is {@code failed}
 * @param lite whether the agent only answers checks, RFC 8445 section 2.5: for hosts that every
 *     remote side can reach
 * @param renomination whether a controlling agent moves to a better pair that is found later, and
 *     numbers its nominations so that the other side follows, draft-thatcher-ice-renomination
 */
public record IceConfig(
    long taNs,
    long failAfterNs,
    long consentIntervalNs,
    long consentSilenceNs,
    long consentRetryNs,
    long disconnectedAfterNs,
    long consentTimeoutNs,
    boolean lite,
    boolean renomination) {

  private static final long MS = 1_000_000;

  public static final IceConfig DEFAULT =
      new IceConfig(
          20 * MS,
          39_500 * MS,
          5_000 * MS,
          2_000 * MS,
          500 * MS,
          5_000 * MS,
          30_000 * MS,
          false,
          false);

  /** The same times with a lite agent, or a full one. */
  public IceConfig withLite(boolean isLite) {
    return new IceConfig(
        taNs,
        failAfterNs,
        consentIntervalNs,
        consentSilenceNs,
        consentRetryNs,
        disconnectedAfterNs,
        consentTimeoutNs,
        isLite,
        renomination);
  }

  /** The same with renomination, or without. */
  public IceConfig withRenomination(boolean renominates) {
    return new IceConfig(
        taNs,
        failAfterNs,
        consentIntervalNs,
        consentSilenceNs,
        consentRetryNs,
        disconnectedAfterNs,
        consentTimeoutNs,
        lite,
        renominates);
  }
}
