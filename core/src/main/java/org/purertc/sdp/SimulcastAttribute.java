package org.purertc.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code a=simulcast}, RFC 8853 section 5.1.
 *
 * @param send the streams that the writer sends, each as its alternatives in order of preference
 * @param receive those that it receives
 */
public record SimulcastAttribute(List<List<Stream>> send, List<List<Stream>> receive) {

  /** One alternative; {@code ~} before the rid says that it is paused at first. */
  public record Stream(String rid, boolean paused) {

    public Stream {
      RidAttribute.checkId(rid);
    }

    @Override
    public String toString() {
      return paused ? "~" + rid : rid;
    }
  }

  public SimulcastAttribute {
    send = send.stream().map(List::copyOf).toList();
    receive = receive.stream().map(List::copyOf).toList();
  }

  /** One alternative for each stream, none of them paused. */
  public static SimulcastAttribute of(List<String> send, List<String> receive) {
    return new SimulcastAttribute(single(send), single(receive));
  }

  private static List<List<Stream>> single(List<String> rids) {
    return rids.stream().map(rid -> List.of(new Stream(rid, false))).toList();
  }

  static SimulcastAttribute of(String value) {
    List<String> parts = List.of(value.strip().split(" +"));
    Syntax.require(
        parts.size() == 2 || parts.size() == 4, "simulcast needs send or recv, and streams");
    List<List<Stream>> send = List.of();
    List<List<Stream>> receive = List.of();
    for (int i = 0; i < parts.size(); i += 2) {
      switch (parts.get(i)) {
        case "send" -> send = streams(parts.get(i + 1));
        case "recv" -> receive = streams(parts.get(i + 1));
        default -> throw new IllegalArgumentException("simulcast needs send or recv");
      }
    }
    Syntax.require(
        parts.size() == 2 || !parts.get(0).equals(parts.get(2)), "simulcast twice the same way");
    return new SimulcastAttribute(send, receive);
  }

  private static List<List<Stream>> streams(String text) {
    List<List<Stream>> streams = new ArrayList<>();
    // The drafts before RFC 8853, which some still write, had rid= in front.
    for (String stream : text.replaceFirst("^rid=", "").split(";", -1)) {
      List<Stream> alternatives = new ArrayList<>();
      for (String rid : stream.split(",", -1)) {
        boolean paused = rid.startsWith("~");
        alternatives.add(new Stream(paused ? rid.substring(1) : rid, paused));
      }
      streams.add(alternatives);
    }
    return streams;
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (!send.isEmpty()) {
      parts.add("send " + text(send));
    }
    if (!receive.isEmpty()) {
      parts.add("recv " + text(receive));
    }
    return String.join(" ", parts);
  }

  private static String text(List<List<Stream>> streams) {
    return String.join(
        ";",
        streams.stream()
            .map(stream -> String.join(",", stream.stream().map(Stream::toString).toList()))
            .toList());
  }
}
