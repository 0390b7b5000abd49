package org.purertc.samples.transfer;

import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelInit;
import org.purertc.RTCDataChannelState;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSctpTransport;
import org.purertc.samples.transfer.TransferMessage.Failed;

/** Runs transfers over data channels. */
public final class FileChannels {
  /** The data channel's protocol (RFC 8832): the other side knows by it what the channel is for. */
  public static final String PROTOCOL = "purertc-file";

  private FileChannels() {}

  /** Makes the channel of one transfer. */
  public static RTCDataChannel open(RTCPeerConnection peer) {
    return peer.createDataChannel("file", RTCDataChannelInit.DEFAULT.withProtocol(PROTOCOL));
  }

  /** The channel of {@code peer} as a transfer uses it. */
  public static TransferChannel of(RTCPeerConnection peer, RTCDataChannel channel) {
    return new Adapter(peer, channel);
  }

  /** Hands the events of {@code channel}, which this side opened, to {@code end}. */
  public static TransferEnd run(RTCDataChannel channel, TransferEnd end) {
    connect(channel, end);
    if (channel.readyState() == RTCDataChannelState.OPEN) {
      end.onOpen(System.nanoTime());
    } else {
      channel.onOpen(() -> end.onOpen(System.nanoTime()));
    }
    return end;
  }

  /**
   * Serves a channel that the other side opened: its hello tells whether it wants something or has
   * something.
   *
   * @param give makes the sender for a receiver; its proof is not checked yet
   * @param take makes the receiver for a sender
   */
  public static void serve(
      RTCPeerConnection peer,
      RTCDataChannel channel,
      BiFunction<TransferChannel, Hello, TransferEnd> give,
      BiFunction<TransferChannel, Hello, TransferEnd> take) {
    TransferChannel adapter = of(peer, channel);
    channel.onMessage(
        first -> {
          Hello hello = hello(first);
          if (hello == null) {
            adapter.send(
                MessageWriter.write(
                    new Failed(
                        FailureCode.PROTOCOL, "the first message is no hello of version 2")));
            adapter.close();
            return;
          }
          TransferEnd end = (hello.role() == Role.RECEIVER ? give : take).apply(adapter, hello);
          connect(channel, end);
          deliver(end, first);
        });
  }

  private static void connect(RTCDataChannel channel, TransferEnd end) {
    channel.bufferedAmountLowThreshold(TransferSender.HIGH_WATER_BYTES / 4);
    channel.onBufferedAmountLow(() -> end.onReady(System.nanoTime()));
    channel.onClose(
        () -> end.onLost("the " + end.role().other().word() + " closed the channel too early"));
    channel.onMessage(message -> deliver(end, message));
  }

  /** Null when the message is no hello. */
  private static @Nullable Hello hello(RTCMessage first) {
    try {
      return first.isText() && MessageReader.read(first.text()) instanceof Hello it ? it : null;
    } catch (TransferException e) {
      return null;
    }
  }

  private static void deliver(TransferEnd end, RTCMessage message) {
    long nowNs = System.nanoTime();
    if (message.isText()) {
      end.onText(message.text(), nowNs);
    } else {
      end.onBinary(message.bytes(), nowNs);
    }
  }

  private record Adapter(RTCPeerConnection peer, RTCDataChannel channel)
      implements TransferChannel {

    @Override
    public void send(String text) {
      // Events that were queued before the channel closed still come after it.
      if (channel.readyState() == RTCDataChannelState.OPEN) {
        channel.send(text);
      }
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      if (channel.readyState() == RTCDataChannelState.OPEN) {
        channel.send(ByteBuffer.wrap(bytes, offset, length));
      }
    }

    @Override
    public long bufferedAmount() {
      return channel.bufferedAmount();
    }

    @Override
    public long maxMessageBytes() {
      RTCSctpTransport sctp = peer.sctp();
      // 0 would mean no limit in SDP (RFC 8841 section 6).
      return sctp == null || sctp.maxMessageSize() <= 0
          ? TransferSender.CHUNK_BYTES
          : sctp.maxMessageSize();
    }

    @Override
    public void close() {
      channel.close();
    }
  }
}
