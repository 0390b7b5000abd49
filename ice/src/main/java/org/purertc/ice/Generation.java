package org.purertc.ice;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;

/**
 * What lives from one ICE restart to the next, RFC 8445 section 9: credentials of both sides,
 * candidates and their checks.
 */
final class Generation {

  final ShortTermCredentials credentials;
  final ConnectivityEstablishment establishment;
  final EarlyChecks early = new EarlyChecks();
  boolean localComplete;
  boolean remoteComplete;

  /** Nothing works and nothing will: requests are not answered any more. */
  boolean failed;

  /** When the grace of a generation ends that another one has replaced. */
  long retiresNs = Loop.NEVER;

  private long patienceEndNs = Loop.NEVER;
  private boolean patienceOver;

  Generation(
      IceConfig config, IceSession session, ShortTermCredentials credentials, Candidates local) {
    this.credentials = credentials;
    establishment =
        new ConnectivityEstablishment(config, session, credentials, Candidates.withLocalOf(local));
  }

  /** RFC 8863 section 4: however badly the checks go, a pair may still come until then. */
  void bePatientUntil(long endNs) {
    patienceEndNs = endNs;
    patienceOver = false;
  }

  long patienceEndNs() {
    return patienceEndNs;
  }

  /** Whether no pair is valid or can become so. */
  boolean isHopeless(long nowNs) {
    if (nowNs >= patienceEndNs) {
      patienceEndNs = Loop.NEVER;
      patienceOver = true;
    }
    return patienceOver && !establishment.hasOpen() && (establishment.hasPairs() || remoteComplete);
  }

  boolean isChecking() {
    return establishment.hasPairs() && credentials.remote() != null;
  }

  void onRemoteCheck(EarlyChecks.EarlyCheck check, @Nullable CheckPair selected, long nowNs) {
    if (credentials.remote() == null) {
      early.add(check);
    } else {
      establishment.onRemoteCheck(check, selected, nowNs);
    }
  }

  /** The remote credentials are known: checks begin, with those that came too early. */
  void begin(IceCredentials remote, @Nullable CheckPair selected, long nowNs) {
    credentials.setRemote(remote);
    List<EarlyChecks.EarlyCheck> checks = early.takeAll();
    checks.forEach(check -> establishment.onRemoteCheck(check, selected, nowNs));
  }

  void clear() {
    establishment.clear();
    early.takeAll();
    patienceEndNs = Loop.NEVER;
  }
}
