package org.purertc.internal.datachannel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Channels over a transport that only remembers, and what their listeners heard, as text. */
abstract class ChannelScene implements DataChannels.Listener {
  static final ChannelParameters RELIABLE = named("chat");

  final FakeTransport transport = new FakeTransport();
  final DataChannels channels = new DataChannels(transport, this);
  final List<String> events = new ArrayList<>();
  int swallowed;

  final class Recorder implements ChannelListener {
    private final String name;

    Recorder(String name) {
      this.name = name;
    }

    @Override
    public void onId(int streamId) {
      events.add(name + " id " + streamId);
    }

    @Override
    public void onOpen() {
      events.add(name + " open");
    }

    @Override
    public void onMessage(boolean isText, byte[] message) {
      String text = new String(message, StandardCharsets.UTF_8);
      events.add(name + (isText ? " text " : " binary ") + text);
    }

    @Override
    public void onSent(int bytes, int messages) {
      events.add(name + " sent " + bytes + " ending " + messages);
    }

    @Override
    public void onClosing() {
      events.add(name + " closing");
    }

    @Override
    public void onClosed(boolean orderly, String reason) {
      events.add(name + (orderly ? " closed" : " failed: " + reason));
    }
  }

  @Override
  public ChannelListener onIncoming(DataChannel channel) {
    String label = channel.parameters().label();
    events.add("incoming " + label + " on " + channel.id());
    return new Recorder(label);
  }

  @Override
  public void onSwallowed(int bytes) {
    swallowed += bytes;
  }

  void connect(boolean client) {
    channels.onDtlsRole(client);
    channels.onConnected(65_535, 65_535);
  }

  void open(int streamId, String label) {
    channels.onMessage(streamId, 50, DcepMessage.Open.of(named(label)).toBytes());
  }

  void text(int streamId, String text) {
    channels.onMessage(streamId, 51, bytes(text));
  }

  void sentAll(DataChannel channel) {
    transport.sent.stream()
        .filter(sent -> sent.streamId() == channel.id())
        .forEach(sent -> channels.onSent(channel.id(), sent.bytes()));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static ChannelParameters named(String label) {
    return new ChannelParameters(label, "", true, -1, -1, -1);
  }

  static ChannelParameters negotiated(int id) {
    return new ChannelParameters("n", "", true, -1, -1, id);
  }
}
