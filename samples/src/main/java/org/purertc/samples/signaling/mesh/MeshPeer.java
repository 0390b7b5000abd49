package org.purertc.samples.signaling.mesh;

/** What a {@link MeshProgram} does with the connection to one other member. */
public interface MeshPeer {

  /**
   * The member has left, or one of the two has a new session: nothing more is told of it here, and
   * whoever stays in the room is met anew. The connection may live on; the program closes it.
   */
  void onLeft();

  /** Whether the server sees the member; without it a connection may live on. */
  default void onPresence(boolean connected) {}

  /** There will be no connection, by a word of either side; the reason is one line. */
  default void onProblem(String reason) {}
}
