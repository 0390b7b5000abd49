package org.purertc.internal.rtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.rtcp.ReceiverReport;
import org.purertc.internal.rtp.rtcp.ReportBlock;
import org.purertc.internal.rtp.rtcp.RtcpPacket;
import org.purertc.internal.rtp.rtcp.RtcpWriter;
import org.purertc.internal.rtp.rtcp.SourceDescription;

/** Composes the reports of a transport's streams and the packets that carry them. */
final class ReportComposer {
  /** A report and the CNAME of who gives it: they go into one datagram. */
  private record Report(RtcpPacket report, SourceDescription source) {}

  private final String cname;
  private final Deque<Report> waiting = new ArrayDeque<>();

  ReportComposer(String cname) {
    this.cname = cname;
  }

  /** The regular reports, RFC 3550 section 6.4: of each sender, and on each source heard. */
  void compose(
      List<SendStream> sending, List<ReceiveStream> receiving, long localSsrc, long nowNs) {
    waiting.clear();
    List<ReportBlock> blocks = blocks(receiving, nowNs);
    int reported = 0;
    for (SendStream stream : sending) {
      if (stream.isSending()) {
        int end = Math.min(blocks.size(), reported + ReportBlock.MAX_PER_REPORT);
        add(stream.parameters().ssrc(), stream.report(blocks.subList(reported, end), nowNs));
        reported = end;
      }
    }
    while (reported < blocks.size() || waiting.isEmpty()) {
      int end = Math.min(blocks.size(), reported + ReportBlock.MAX_PER_REPORT);
      add(localSsrc, new ReceiverReport(localSsrc, blocks.subList(reported, end)));
      reported = end;
    }
  }

  private static List<ReportBlock> blocks(List<ReceiveStream> receiving, long nowNs) {
    List<ReportBlock> blocks = new ArrayList<>();
    for (ReceiveStream stream : receiving) {
      addIfPresent(blocks, stream.report(nowNs));
      addIfPresent(blocks, stream.rtxReport());
    }
    return blocks;
  }

  private static void addIfPresent(List<ReportBlock> blocks, @Nullable ReportBlock block) {
    if (block != null) {
      blocks.add(block);
    }
  }

  /** RFC 4585 section 3.1: what feedback needs before it in a compound packet. */
  void composeMinimal(long localSsrc) {
    if (waiting.isEmpty()) {
      add(localSsrc, new ReceiverReport(localSsrc, List.of()));
    }
  }

  private void add(long ssrc, RtcpPacket report) {
    SourceDescription.Chunk chunk = new SourceDescription.Chunk(ssrc, cname, "");
    waiting.add(new Report(report, new SourceDescription(List.of(chunk))));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Writes as many reports as fit. */
  void writeTo(RtcpWriter out) {
    Report next = waiting.peek();
    while (next != null && next.report.bytes() + next.source.bytes() <= out.remaining()) {
      out.add(next.report);
      out.add(next.source);
      waiting.remove();
      next = waiting.peek();
    }
  }
}
