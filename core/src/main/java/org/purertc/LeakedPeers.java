package org.purertc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Peer connections that nobody can reach any more, but nobody closed. They are found when the next
 * one is created, so that no thread has to wait for them.
 */
final class LeakedPeers {
  private static final Logger LOG = System.getLogger("org.purertc.peer");

  private final ReferenceQueue<RTCPeerConnection> garbage = new ReferenceQueue<>();
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

  void watch(RTCPeerConnection connection, PeerCore core) {
    watched.add(new Watched(connection, core, garbage));
  }

  void forget(PeerCore core) {
    watched.removeIf(each -> each.core == core);
  }

  /** Closes and reports those found since the last call. */
  void closeThem() {
    for (Reference<?> found = garbage.poll(); found != null; found = garbage.poll()) {
      Watched leaked = (Watched) found;
      if (watched.remove(leaked) && !leaked.core.isClosed()) {
        LOG.log(
            Level.WARNING,
            "An RTCPeerConnection was never closed; it was created at " + leaked.creationSite);
        leaked.core.close();
      }
    }
  }

  /** What is left of a connection. */
  private static final class Watched extends PhantomReference<RTCPeerConnection> {
    private final PeerCore core;
    private final StackTraceElement creationSite;

    Watched(
        RTCPeerConnection connection, PeerCore core, ReferenceQueue<RTCPeerConnection> garbage) {
      super(connection, garbage);
      this.core = core;
      creationSite =
          StackWalker.getInstance()
              .walk(
                  frames ->
                      frames
                          .filter(frame -> !isOurs(frame.getClassName()))
                          .findFirst()
                          .map(StackWalker.StackFrame::toStackTraceElement)
                          .orElseGet(() -> new StackTraceElement("unknown", "unknown", null, -1)));
    }

    private static boolean isOurs(String className) {
      return className.startsWith(LeakedPeers.class.getName())
          || className.equals(RTCPeerConnection.class.getName())
          || className.equals(PeerConnectionFactory.class.getName());
    }
  }
}
