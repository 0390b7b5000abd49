package org.purertc.samples.signaling.mesh;

import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.protocol.ChatLine;
import org.purertc.samples.signaling.protocol.Member;

/** What is to be done with the members of a room. All calls come on the thread of the mesh. */
public interface MeshProgram {

  /** Whether a member gets a connection; who gets none is told so when it asks for one. */
  default boolean wants(Member member) {
    return true;
  }

  /**
   * A member is there, and this is the connection that is made to it. Its handlers run on the
   * thread of the mesh, too.
   */
  MeshPeer meet(Member member, RTCPeerConnection peer);

  /** A member says something to all. */
  default void onChat(ChatLine line) {}

  /** The signalling is lost and is made anew; the reason is one line. */
  default void onInterrupted(String reason) {}

  /** There will be no more signalling; the reason is one line. */
  default void onClosed(String reason) {}
}
