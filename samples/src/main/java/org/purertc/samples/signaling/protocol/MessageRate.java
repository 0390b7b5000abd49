package org.purertc.samples.signaling.protocol;

/** So many messages a second, and some at once: a bucket of tokens that may be overdrawn. */
public final class MessageRate {
  private final int perSecond;
  private final int burst;
  private double tokens;
  private long filledNs;

  public MessageRate(int perSecond, int burst, long nowNs) {
    this.perSecond = perSecond;
    this.burst = burst;
    tokens = burst;
    filledNs = nowNs;
  }

  /** Takes one token; false when there was none, and then one more is owed. */
  public boolean take(long nowNs) {
    fill(nowNs);
    tokens--;
    return tokens >= 0;
  }

  /** Whether a whole burst is owed: this sender does not listen. */
  public boolean isFlooded() {
    return tokens < -burst;
  }

  /** How long to wait until {@link #take} would succeed; 0: not at all. */
  public long waitNs(long nowNs) {
    fill(nowNs);
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * 1e9 / perSecond);
  }

  private void fill(long nowNs) {
    tokens = Math.min(burst, tokens + (nowNs - filledNs) * (perSecond / 1e9));
    filledNs = nowNs;
  }
}
