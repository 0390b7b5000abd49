package org.purertc.ice.io;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;

/** What a stream connection told its receiver. */
final class StreamEnd implements Network.StreamReceiver {

  final CompletableFuture<Void> connected = new CompletableFuture<>();
  final CompletableFuture<Void> writable = new CompletableFuture<>();
  final CompletableFuture<String> closed = new CompletableFuture<>();
  final CompletableFuture<byte[]> received = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int expectedBytes;

  StreamEnd(int expectedBytes) {
    this.expectedBytes = expectedBytes;
  }

  @Override
  public void onConnected(long nowNs) {
    connected.complete(null);
  }

  @Override
  public void onBytes(byte[] buffer, int offset, int length, long nowNs) {
    bytes.write(buffer, offset, length);
    if (bytes.size() >= expectedBytes) {
      received.complete(bytes.toByteArray());
    }
  }

  @Override
  public void onWritable(long nowNs) {
    writable.complete(null);
  }

  @Override
  public void onClosed(String reason, long nowNs) {
    closed.complete(reason);
  }
}
