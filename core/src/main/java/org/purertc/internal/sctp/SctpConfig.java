package org.purertc.internal.sctp;

/**
 * @param localPort the port of {@code a=sctp-port}; both are 5000 in WebRTC
 * @param maxReceiveMessageBytes what we advertise as {@code a=max-message-size}
 * @param receiveWindowBytes at least twice that
 * @param outboundStreams streams that we ask for
 * @param inboundStreams streams that we allow
 */
public record SctpConfig(
    int localPort,
    int remotePort,
    int maxReceiveMessageBytes,
    int receiveWindowBytes,
    int outboundStreams,
    int inboundStreams) {

  public static final SctpConfig DEFAULT =
      new SctpConfig(5000, 5000, 256 << 10, 2 << 20, 65_535, 65_535);

  public SctpConfig {
    if (receiveWindowBytes / 2 < maxReceiveMessageBytes) {
      throw new IllegalArgumentException(
          "a receive window of "
              + receiveWindowBytes
              + " bytes is less than two messages of "
              + maxReceiveMessageBytes);
    }
  }
}
