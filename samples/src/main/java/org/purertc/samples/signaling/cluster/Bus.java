package org.purertc.samples.signaling.cluster;

import java.util.function.Consumer;
import org.purertc.samples.signaling.rooms.Elsewhere.Place;

/** What servers share. Answers come on any thread. */
public interface Bus extends AutoCloseable {

  /** Hears what comes from the bus, on any thread. */
  interface Listener {
    /** Another server says something to this one. */
    void onMessage(String text);

    /** What this server said of its rooms and sessions may be forgotten: say it again. */
    void onForgotten();
  }

  /** What the others call this server. */
  String self();

  /** Begins to hear. */
  void start(Listener listener);

  /** Says something to another server; it may be lost. */
  void tell(String server, String text);

  /**
   * Makes this server have a room unless another one has it that lives; tells who has it. Where
   * everything may have been forgotten it waits until all have said again what they have.
   */
  void claimRoom(String room, Consumer<Place> then);

  /** Says again that this server has a room; tells who has it if that is another one. */
  void keepRoom(String room, Consumer<Place> then);

  /** Tells who has a session; waits as {@link #claimRoom} does. */
  void findSession(String session, Consumer<Place> then);

  /** This server has a session. */
  void announceSession(String session);

  /** This server has a session no more. */
  void forgetSession(String session);

  /** This server has a room no more. */
  void releaseRoom(String room);

  /** Whether the others can be reached. */
  boolean isUp();

  /** Says that this server is gone. */
  @Override
  void close();
}
