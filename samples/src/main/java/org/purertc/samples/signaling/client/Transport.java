package org.purertc.samples.signaling.client;

/** One connection to the server. */
interface Transport {

  /** Hears what happens, on any thread, in order. */
  interface Listener {
    void onOpen();

    void onText(String text);

    /** What was given to {@link Transport#send} has left; the next one may come. */
    void onSent();

    /** The connection is lost, or there was none. */
    void onLost(String reason);

    /**
     * Runs it when everything that was told before has been taken, on the thread that took it; not
     * at all if the connection was given up. What tells the server that messages have arrived waits
     * for this: a message that came and was not taken must come again.
     */
    void afterwards(Runnable next);
  }

  /** Opens it; returns at once. */
  void open(Listener listener);

  /** Sends one message; no other one until {@link Listener#onSent}. */
  void send(String text);

  void close();
}
