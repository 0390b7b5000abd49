package org.purertc.samples.signaling.server;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.cluster.Federation;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.LeaveReason;
import org.purertc.samples.signaling.rooms.RoomCounters;
import org.purertc.samples.signaling.rooms.Rooms;

/**
 * What a Prometheus server reads: numbers that change by themselves, in its text format (version
 * 0.0.4). No names of rooms or members.
 */
final class Metrics {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();

  private Metrics() {}

  /** On the rooms' thread. */
  static String of(Rooms rooms, OpenCarriers open, @Nullable Federation others) {
    Metrics metrics = new Metrics();
    metrics.rooms(rooms);
    metrics.connections(open);
    if (others != null) {
      metrics.others(rooms, others);
    }
    metrics.process();
    return metrics.text.toString();
  }

  private void rooms(Rooms rooms) {
    RoomCounters counters = rooms.counters();
    gauge("purertc_rooms", "Rooms with somebody in them.", rooms.roomCount());
    gauge("purertc_members", "Sessions, with and without a connection.", rooms.sessionCount());
    counter("purertc_joined_total", "Sessions that began.", counters.joined());
    counter(
        "purertc_resumed_total", "Connections that went on with a session.", counters.resumed());
    counter("purertc_received_total", "Messages of members.", counters.received());
    counter("purertc_sent_total", "Messages for members.", counters.sent());
    head("purertc_left_total", "counter", "Sessions that ended, by why.");
    for (LeaveReason each : LeaveReason.values()) {
      value("purertc_left_total", "reason", word(each), counters.left(each));
    }
    head("purertc_refused_total", "counter", "Messages that were not obeyed, by why.");
    for (ErrorCode each : ErrorCode.values()) {
      value("purertc_refused_total", "code", each.word(), counters.refused(each));
    }
  }

  private static String word(LeaveReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void connections(OpenCarriers open) {
    head("purertc_connections", "gauge", "Connections that are pushed to, by transport.");
    long sockets = open.count(WebSocketCarrier.class);
    value("purertc_connections", "transport", "websocket", sockets);
    value("purertc_connections", "transport", "events", open.count(EventStream.class));
  }

  private void others(Rooms rooms, Federation others) {
    String help = "Connections here whose rooms other servers have.";
    gauge("purertc_relayed_connections", help, rooms.shared().relayedCount());
    gauge("purertc_redis_up", "Whether Redis can be reached.", others.isUp() ? 1 : 0);
  }

  /** Under the names that Prometheus' own Java library gives them. */
  private void process() {
    var runtime = ManagementFactory.getRuntimeMXBean();
    double startSeconds = runtime.getStartTime() / 1e3;
    gauge("process_start_time_seconds", "Unix time of the start.", startSeconds);
    var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    head("jvm_memory_used_bytes", "gauge", "Memory in use.");
    value("jvm_memory_used_bytes", "area", "heap", memory.getUsed());
    head("jvm_memory_max_bytes", "gauge", "The most memory.");
    value("jvm_memory_max_bytes", "area", "heap", memory.getMax());
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    gauge("jvm_threads_current", "Threads.", threads);
    long collectedMs = 0;
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      collectedMs += Math.max(0, each.getCollectionTime());
    }
    counter("jvm_gc_collection_seconds_total", "Time for garbage.", collectedMs / 1e3);
  }

  private void gauge(String name, String help, Number number) {
    head(name, "gauge", help);
    line(name, number);
  }

  private void counter(String name, String help, Number number) {
    head(name, "counter", help);
    line(name, number);
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void value(String name, String label, String labelValue, Number number) {
    line(name + '{' + label + "=\"" + labelValue + "\"}", number);
  }

  private void line(String name, Number number) {
    text.append(name).append(' ').append(number).append('\n');
  }
}
