package org.purertc.internal.peer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.datachannel.DataChannel;
import org.purertc.internal.media.MediaSession;
import org.purertc.internal.media.MediaStatistics;
import org.purertc.internal.media.MediaTransceiver;
import org.purertc.internal.stats.StatsEntry;

/** Everything that W3C's getStats reports of one peer, at one moment. */
final class StatisticsReport {
  private final PeerEnvironment environment;
  private final Transports transports;
  private final DataSession data;
  private final PeerMediaSession media;
  private final double timestampMs;

  StatisticsReport(
      PeerEnvironment environment,
      Transports transports,
      DataSession data,
      PeerMediaSession media) {
    this.environment = environment;
    this.transports = transports;
    this.data = data;
    this.media = media;
    Instant now = environment.wallClock().instant();
    timestampMs = now.getEpochSecond() * 1e3 + now.getNano() / 1e6;
  }

  /**
   * @param selector null for everything
   * @param ofSender which half of the selector
   */
  List<StatsEntry> collect(@Nullable MediaTransceiver selector, boolean ofSender) {
    List<StatsEntry> entries = new ArrayList<>();
    entries.add(peerConnection());
    for (int index = 0; index < transports.limit(); index++) {
      TransportSession transport = transports.find(index);
      if (transport != null) {
        entries.addAll(
            TransportStatistics.of(transport, environment.certificate(), index, timestampMs));
      }
    }
    data.channels().forEach(channel -> entries.add(dataChannel(channel)));
    MediaSession session = media.machine();
    if (session != null) {
      entries.addAll(MediaStatistics.of(session, timestampMs));
    }
    return selector == null
        ? entries
        : selected(entries, MediaStatistics.rootsOf(selector, ofSender));
  }

  private StatsEntry peerConnection() {
    return new StatsEntry.Builder("peer-connection", "P")
        .put("dataChannelsOpened", data.openedChannels())
        .put("dataChannelsClosed", data.closedChannels())
        .at(timestampMs);
  }

  private StatsEntry dataChannel(DataChannel channel) {
    return new StatsEntry.Builder("data-channel", "D" + channel.number())
        .put("label", channel.parameters().label())
        .put("protocol", channel.parameters().protocol())
        .put("dataChannelIdentifier", channel.id() < 0 ? null : Integer.valueOf(channel.id()))
        .put("state", channel.state())
        .put("messagesSent", channel.counters().messagesSent())
        .put("bytesSent", channel.counters().bytesSent())
        .put("messagesReceived", channel.counters().messagesReceived())
        .put("bytesReceived", channel.counters().bytesReceived())
        .at(timestampMs);
  }

  /** W3C WebRTC section 8.3: what was selected, and everything that it refers to, however far. */
  private static List<StatsEntry> selected(List<StatsEntry> entries, Set<String> roots) {
    Map<String, StatsEntry> byId =
        entries.stream().collect(Collectors.toMap(StatsEntry::id, entry -> entry));
    Set<String> wanted = new LinkedHashSet<>();
    List<String> next = new ArrayList<>(roots);
    while (!next.isEmpty()) {
      StatsEntry entry = byId.get(next.remove(0));
      if (entry != null && wanted.add(entry.id())) {
        entry
            .values()
            .forEach(
                (member, value) -> {
                  if (member.endsWith("Id") && value instanceof String id) {
                    next.add(id);
                  }
                });
      }
    }
    return entries.stream().filter(entry -> wanted.contains(entry.id())).toList();
  }
}
