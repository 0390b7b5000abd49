package org.purertc.samples.share;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes TCP on to a server of this machine, until it is told to drop what is open. */
public final class CuttableProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  public CuttableProxy(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
    start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cuttable-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.getByName("127.0.0.1"), target);
        open.add(near);
        open.add(far);
        start(() -> pipe(near, far));
        start(() -> pipe(far, near));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void pipe(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Cut, or closed by one of the ends.
    }
  }

  /** Drops all connections; new ones are taken. */
  public void cut() throws IOException {
    for (Socket each : open) {
      each.close();
    }
    open.clear();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
