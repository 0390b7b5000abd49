package org.purertc.internal.datachannel;

/** What went over one channel, in messages and bytes of users. Loop thread only. */
public final class ChannelCounters {
  private long messagesSent;
  private long bytesSent;
  private long messagesReceived;
  private long bytesReceived;

  void sent(int bytes) {
    messagesSent++;
    bytesSent += bytes;
  }

  void received(int bytes) {
    messagesReceived++;
    bytesReceived += bytes;
  }

  public long messagesSent() {
    return messagesSent;
  }

  public long bytesSent() {
    return bytesSent;
  }

  public long messagesReceived() {
    return messagesReceived;
  }

  public long bytesReceived() {
    return bytesReceived;
  }
}
