package org.purertc.samples.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Figures of Linux's {@code /proc}; {@link #UNKNOWN} elsewhere. */
final class ProcFiles {
  static final long UNKNOWN = -1;

  /** USER_HZ, the same on all usual architectures: {@code /proc/stat} counts in hundredths. */
  private static final long TICK_NS = 10_000_000;

  /** {@code user nice system idle iowait irq softirq steal}; guest time is inside user time. */
  private static final int CPU_FIELDS = 8;

  private static final int IDLE_FIELD = 3;
  private static final int IOWAIT_FIELD = 4;

  private ProcFiles() {}

  /** CPU time of all processes since the start of the machine. */
  static long machineCpuNs() {
    return busyNs(lines("/proc/stat"));
  }

  static long busyNs(List<String> stat) {
    for (String line : stat) {
      if (line.startsWith("cpu ")) {
        String[] fields = line.substring(4).trim().split(" +", -1);
        long ticks = 0;
        for (int i = 0; i < Math.min(CPU_FIELDS, fields.length); i++) {
          ticks += i == IDLE_FIELD || i == IOWAIT_FIELD ? 0 : Long.parseLong(fields[i]);
        }
        return ticks * TICK_NS;
      }
    }
    return UNKNOWN;
  }

  /** UDP datagrams sent in this network namespace. */
  static long datagramsSent() {
    long ipv4 = outDatagrams(lines("/proc/net/snmp"));
    return ipv4 == UNKNOWN ? UNKNOWN : ipv4 + outDatagrams6(lines("/proc/net/snmp6"));
  }

  /** In a kernel without IPv6 there is none. */
  static long outDatagrams6(List<String> snmp6) {
    return snmp6.stream()
        .filter(it -> it.startsWith("Udp6OutDatagrams"))
        .mapToLong(it -> Long.parseLong(it.substring("Udp6OutDatagrams".length()).trim()))
        .findFirst()
        .orElse(0);
  }

  static long outDatagrams(List<String> snmp) {
    List<String> udp = snmp.stream().filter(it -> it.startsWith("Udp: ")).toList();
    if (udp.size() == 2) {
      int column = List.of(udp.get(0).split(" ", -1)).indexOf("OutDatagrams");
      if (column > 0) {
        return Long.parseLong(udp.get(1).split(" ", -1)[column]);
      }
    }
    return UNKNOWN;
  }

  /** The process's share of the memory that it maps, in KiB. */
  static long pssKb() {
    return pssKb(lines("/proc/self/smaps_rollup"));
  }

  static long pssKb(List<String> rollup) {
    return rollup.stream()
        .filter(it -> it.startsWith("Pss:"))
        .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file), StandardCharsets.US_ASCII);
    } catch (IOException notLinux) {
      return List.of();
    }
  }
}
