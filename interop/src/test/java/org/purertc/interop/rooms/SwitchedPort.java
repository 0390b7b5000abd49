package org.purertc.interop.rooms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands for a load balancer: passes TCP on to the one server that lives. */
final class SwitchedPort implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";

  private final ServerSocket listener;
  private volatile int target;

  SwitchedPort(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 64, InetAddress.getByName(ADDRESS));
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Where connections go that are made from now on. */
  void leadTo(int other) {
    target = other;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "switched-port");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        start(() -> connect(near));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void connect(Socket near) {
    try {
      Socket far = new Socket(InetAddress.getByName(ADDRESS), target);
      start(() -> pipe(far, near));
      pipe(near, far);
    } catch (IOException e) {
      close(near);
    }
  }

  private static void pipe(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Closed by one of the ends.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
