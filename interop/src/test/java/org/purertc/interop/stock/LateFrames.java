package org.purertc.interop.stock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stands before a server of WebSockets for one connection, and holds back the server's first frames
 * until {@link #release}: of what comes with the answer to the upgrade, or right behind it, the
 * JDK's client loses some now and then (17 and 25), and takes what follows for frames.
 */
final class LateFrames implements Closeable {
  private static final long LIMIT_SECONDS = 60;

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final CountDownLatch open = new CountDownLatch(1);
  private final int serverPort;
  private final ExecutorService threads;

  LateFrames(int serverPort, ExecutorService threads) throws IOException {
    this.serverPort = serverPort;
    this.threads = threads;
    threads.execute(this::carry);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The client's WebSocket is open. */
  void release() {
    open.countDown();
  }

  private void carry() {
    try (Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      // The suite looks at the port by which it was asked.
      String request = head(client.getInputStream());
      write(server, request.replace(":" + port() + "\r\n", ":" + serverPort + "\r\n"));
      threads.execute(() -> pump(client, server));
      write(client, head(server.getInputStream()));
      if (open.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        pump(server, client);
      }
    } catch (IOException e) {
      // One of them is gone, and so the other will be.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Up to the empty line. */
  private static String head(InputStream from) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = from.read();
      if (next < 0) {
        throw new IOException("the head of a message is not whole");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void write(Socket to, String head) throws IOException {
    to.getOutputStream().write(head.getBytes(ISO_8859_1));
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // As above.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
