package org.purertc.samples.signaling.client;

import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.protocol.ServerMessage.Welcome;

/**
 * A member's place in a room. Lost connections are made anew, and what was under way arrives once
 * and in order.
 *
 * <p>May be used from any thread.
 */
public interface SignalingChannel extends AutoCloseable {

  /** Hears what happens, on one thread and in order. */
  interface Listener {

    /**
     * A message of the server.
     *
     * <p>A second {@link Welcome} begins a new session: the server was started anew, or did not
     * hear of this member for too long. The members are others then, and what was not acknowledged
     * before is gone.
     */
    void onMessage(ServerMessage message);

    /** The connection is lost and is made anew; the reason is one line. */
    default void onInterrupted(String reason) {}

    /** It is over; the reason is one line. */
    default void onClosed(String reason) {}
  }

  /**
   * Enters a room.
   *
   * @throws SignalingUnavailableException says in one line why that was not possible
   * @throws IllegalArgumentException when the room's or the member's name is none
   */
  static SignalingChannel join(RoomServer server, JoinRequest request, Listener listener)
      throws SignalingUnavailableException {
    return RoomChannel.join(server, request, listener);
  }

  /** What the server said first in this session. */
  Welcome welcome();

  /**
   * Sends a message: at once, or when there is a connection again.
   *
   * @throws IllegalArgumentException when it is longer than {@link Welcome#limits()} say
   * @throws IllegalStateException when the channel is closed, or 10,000 messages are waiting
   */
  void send(ClientMessage message);

  /** Leaves the room, after what was sent has arrived; waits two seconds for it at most. */
  @Override
  void close();
}
