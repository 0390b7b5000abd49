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
  }

  /** Opens it; returns at once. */
  void open(Listener listener);

  /** Sends one message; no other one until {@link Listener#onSent}. */
  void send(String text);

  void close();
}
