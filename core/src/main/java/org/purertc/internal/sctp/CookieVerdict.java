package org.purertc.internal.sctp;

import org.jspecify.annotations.Nullable;

/** What a valid COOKIE ECHO means for the association that exists, RFC 9260 section 5.2.4. */
enum CookieVerdict {
  /** There is no association. */
  NEW,
  /** Case A: the peer restarted. */
  RESTART,
  /** Case B: both sides began at once, and the peer is another than we thought. */
  COLLISION,
  /** Case C: a cookie that was late, or one that belongs to nothing. */
  LATE,
  /** Case D: it is the association that we have. */
  SAME;

  /**
   * @param local null when there is no association
   * @param remoteTag 0 while the peer's tag is not known
   */
  static CookieVerdict of(StateCookie cookie, @Nullable LocalEndpoint local, long remoteTag) {
    if (local == null) {
      return NEW;
    }
    boolean localMatches = cookie.local().tag() == local.tag();
    boolean remoteMatches = remoteTag != 0 && cookie.remote().tag() == remoteTag;
    if (localMatches) {
      return remoteMatches ? SAME : COLLISION;
    }
    boolean tiesMatch =
        remoteTag != 0 && cookie.localTieTag() == local.tag() && cookie.remoteTieTag() == remoteTag;
    return !remoteMatches && tiesMatch ? RESTART : LATE;
  }
}
