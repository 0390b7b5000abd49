package org.purertc;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** W3C WebRTC section 6.2. */
public final class RTCDataChannel implements AutoCloseable {

  /** The most that may wait in one channel's send buffer. */
  public static final long MAX_BUFFERED_BYTES = 16L << 20;

  RTCDataChannel() {
    throw new UnsupportedOperationException("skeleton");
  }

  public String label() {
    throw new UnsupportedOperationException("skeleton");
  }

  public boolean ordered() {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable Integer maxPacketLifeTime() {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable Integer maxRetransmits() {
    throw new UnsupportedOperationException("skeleton");
  }

  public String protocol() {
    throw new UnsupportedOperationException("skeleton");
  }

  public boolean negotiated() {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable Integer id() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCDataChannelState readyState() {
    throw new UnsupportedOperationException("skeleton");
  }

  public long bufferedAmount() {
    throw new UnsupportedOperationException("skeleton");
  }

  public long bufferedAmountLowThreshold() {
    throw new UnsupportedOperationException("skeleton");
  }

  public void bufferedAmountLowThreshold(long bytes) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void send(String text) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void send(byte[] data) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void send(ByteBuffer data) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onOpen(@Nullable Runnable handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onMessage(@Nullable Consumer<RTCMessage> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onBufferedAmountLow(@Nullable Runnable handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onError(@Nullable Consumer<RTCException> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onClosing(@Nullable Runnable handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onClose(@Nullable Runnable handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Completes when the channel is open, exceptionally when it never will be. */
  public CompletableFuture<RTCDataChannel> opened() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Completes when the channel is closed. */
  public CompletableFuture<Void> closed() {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Received messages, concatenated, as a blocking stream; excludes onMessage. Ends with -1 after
   * the remote's orderly close, with an IOException when the peer was lost.
   */
  public InputStream inputStream() {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * A blocking stream that sends binary messages; write blocks while the buffer is full; close
   * flushes, then closes the channel.
   */
  public OutputStream outputStream() {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("skeleton");
  }
}
