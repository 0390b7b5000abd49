package org.purertc.samples.transfer;

import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelState;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSctpTransport;
import org.purertc.samples.transfer.TransferMessage.Fetch;

/** Runs transfers over data channels. */
public final class FileChannels {
  /** The data channel's protocol (RFC 8832): the other side knows by it what the channel is for. */
  public static final String PROTOCOL = "purertc-file";

  private FileChannels() {}

  /** The channel of {@code peer} as a transfer uses it. */
  public static TransferChannel of(RTCPeerConnection peer, RTCDataChannel channel) {
    return new Adapter(peer, channel);
  }

  /** Hands the events of {@code channel} to {@code end}. */
  public static TransferEnd run(RTCDataChannel channel, TransferEnd end) {
    channel.bufferedAmountLowThreshold(FileSender.HIGH_WATER_BYTES / 4);
    channel.onBufferedAmountLow(end::onWritable);
    channel.onClose(() -> end.onLost(end.other() + " closed the channel too early"));
    channel.onMessage(message -> deliver(end, message));
    if (channel.readyState() == RTCDataChannelState.OPEN) {
      end.onOpen();
    } else {
      channel.onOpen(end::onOpen);
    }
    return end;
  }

  /**
   * Serves a channel that the other side opened: its first message tells whether it wants a file or
   * has one.
   *
   * @param give makes the sender for a wish of so many bytes
   * @param take makes the receiver
   */
  public static void serve(
      RTCPeerConnection peer,
      RTCDataChannel channel,
      BiFunction<TransferChannel, Long, TransferEnd> give,
      Function<TransferChannel, TransferEnd> take) {
    TransferChannel adapter = of(peer, channel);
    channel.onMessage(
        first -> {
          if (asksForFile(first)) {
            run(channel, give.apply(adapter, wish(first)));
          } else {
            deliver(run(channel, take.apply(adapter)), first);
          }
        });
  }

  private static boolean asksForFile(RTCMessage first) {
    return wish(first) >= 0;
  }

  /** The wished size, or -1 when the message is no wish. */
  private static long wish(RTCMessage first) {
    try {
      return first.isText() && TransferMessage.read(first.text()) instanceof Fetch it
          ? it.bytes()
          : -1;
    } catch (TransferException e) {
      return -1;
    }
  }

  private static void deliver(TransferEnd end, RTCMessage message) {
    if (message.isText()) {
      end.onText(message.text());
    } else {
      end.onBinary(message.bytes());
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
    public void send(byte[] bytes, int length) {
      if (channel.readyState() == RTCDataChannelState.OPEN) {
        channel.send(ByteBuffer.wrap(bytes, 0, length));
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
          ? FileSender.CHUNK_BYTES
          : sctp.maxMessageSize();
    }

    @Override
    public void close() {
      channel.close();
    }
  }
}
