package org.purertc.samples.web;

import org.purertc.RTCDataChannel;
import org.purertc.RTCException;
import org.purertc.RTCMessage;

/** Sends each message of a data channel back. */
public final class ChannelEcho {

  private ChannelEcho() {}

  /** Begins with the next message. */
  public static void on(RTCDataChannel channel) {
    channel.onMessage(message -> echo(channel, message));
  }

  private static void echo(RTCDataChannel channel, RTCMessage message) {
    try {
      if (message.isText()) {
        channel.send(message.text());
      } else {
        channel.send(message.bytes());
      }
    } catch (RTCException e) {
      // The visitor sends and does not read, or has just gone.
      channel.close();
    }
  }
}
