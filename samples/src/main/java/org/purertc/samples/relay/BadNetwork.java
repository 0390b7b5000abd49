package org.purertc.samples.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A relay between two sockets that runs on a thread of its own until it is closed. */
public final class BadNetwork implements AutoCloseable {
  private static final long SEED = 1;
  private static final int CEILING_DATAGRAM_BYTES = 1_200;

  private final Relay relay;
  private final Thread thread;

  private BadNetwork(Relay relay) {
    this.relay = relay;
    thread = new Thread(this::run, "relay");
    thread.setDaemon(true);
  }

  /**
   * Starts to relay.
   *
   * @param a the socket of the one peer; null when it is on this host and nobody knows it before it
   *     sends; with port 0 when nothing but its address is known, if it is not on this host
   * @param b the socket of the other, on this host; the relay listens on its address
   * @param rttNs round trip; each direction takes half
   * @param loss share of the datagrams of each direction, 0 to 1
   */
  public static BadNetwork start(
      @Nullable InetSocketAddress a, InetSocketAddress b, long rttNs, double loss)
      throws IOException {
    Relay relay = Relay.open(b.getAddress(), new Relay.Peers(a, b), impairment(rttNs, loss), SEED);
    BadNetwork network = new BadNetwork(relay);
    network.thread.start();
    return network;
  }

  private static Impairment impairment(long rttNs, double loss) {
    return new Impairment(rttNs / 2, 0, loss, 0, 0, Impairment.Bottleneck.NONE);
  }

  /** Another round trip and loss, for what is sent from now on. */
  public void change(long rttNs, double loss) {
    relay.impair(impairment(rttNs, loss));
  }

  /** Datagrams of 1,200 bytes a second that pass such a relay on this machine, measured now. */
  public static double ceiling(long measureNs) throws IOException {
    return new RelayCeiling(CEILING_DATAGRAM_BYTES).measure(loopback(), Impairment.NONE, measureNs);
  }

  /** Where peer A sends to. */
  public InetSocketAddress addressForA() throws IOException {
    return relay.addressForA();
  }

  /** Where peer B sends to. */
  public InetSocketAddress addressForB() throws IOException {
    return relay.addressForB();
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private void run() {
    try {
      relay.run(Long.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    relay.stop();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    relay.close();
  }
}
