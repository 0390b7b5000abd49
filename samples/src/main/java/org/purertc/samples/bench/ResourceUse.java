package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What the ends of a measurement and the machine have used so far; the difference of two is the use
 * of a window. A negative number: this system does not tell.
 *
 * @param atNs when
 * @param ownCpuNs CPU time of the measured processes
 * @param machineCpuNs CPU time of all processes of the machine
 * @param allocatedBytes by the threads of this JVM that live
 * @param datagrams UDP datagrams sent in this network namespace
 */
record ResourceUse(
    long atNs, long ownCpuNs, long machineCpuNs, long allocatedBytes, long datagrams) {

  /**
   * @param other the process of the other end; null: both are here
   */
  static ResourceUse now(@Nullable ProcessHandle other) {
    long cpuNs = number("java.lang:type=OperatingSystem", "ProcessCpuTime");
    if (other != null) {
      cpuNs += other.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }
    return new ResourceUse(
        System.nanoTime(),
        cpuNs,
        ProcFiles.machineCpuNs(),
        other == null ? allocated() : ProcFiles.UNKNOWN,
        ProcFiles.datagramsSent());
  }

  double seconds(ResourceUse since) {
    return (atNs - since.atNs) / 1e9;
  }

  /** Bytes that this process allocated since then. */
  long allocatedBytes(ResourceUse since) {
    return allocatedBytes - since.allocatedBytes;
  }

  /** CPU time that the measured processes used, in milliseconds. */
  double ownCpuMillis(ResourceUse since) {
    return (ownCpuNs - since.ownCpuNs) / 1e6;
  }

  /** Share of one core that the measured processes used, in per cent. */
  double ownCpuPercent(ResourceUse since) {
    return (ownCpuNs - since.ownCpuNs) * 100.0 / (atNs - since.atNs);
  }

  /** Adds what others did meanwhile and, where messages were counted, the cost of each. */
  void describe(ResourceUse since, ObjectNode result) {
    if (machineCpuNs >= 0) {
      long othersNs = machineCpuNs - since.machineCpuNs - (ownCpuNs - since.ownCpuNs);
      double allNs = (double) (atNs - since.atNs) * Runtime.getRuntime().availableProcessors();
      result.put("otherCpuPercent", Math.max(0, othersNs * 100 / allNs));
    }
    long bytes = result.path("bytes").asLong();
    long messages = result.path("msgs").asLong();
    if (bytes > 0) {
      result.put("cpuSecondsPerGB", (double) (ownCpuNs - since.ownCpuNs) / bytes);
    }
    if (messages > 0 && allocatedBytes >= 0) {
      double allocated = allocatedBytes - since.allocatedBytes;
      result.put("allocatedBytesPerMessage", allocated / messages);
      if (datagrams > since.datagrams) {
        result.put("allocatedBytesPerPacket", allocated / (datagrams - since.datagrams));
      }
    }
  }

  private static long allocated() {
    long[] threads = ManagementFactory.getThreadMXBean().getAllThreadIds();
    try {
      Object bytes =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                  "getThreadAllocatedBytes",
                  new Object[] {threads},
                  new String[] {long[].class.getName()});
      // -1 stands for a thread that has ended meanwhile.
      return Arrays.stream((long[]) bytes).filter(it -> it > 0).sum();
    } catch (JMException unknownToThisJvm) {
      return ProcFiles.UNKNOWN;
    }
  }

  /** By name: the interface that has the attribute is not one that every JVM has. */
  private static long number(String bean, String attribute) {
    try {
      Object value =
          ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(bean), attribute);
      return (Long) value;
    } catch (JMException unknownToThisJvm) {
      return 0;
    }
  }
}
