package org.purertc.samples.signaling.rooms;

import java.util.EnumMap;
import java.util.Map;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.LeaveReason;

/** What has happened in the rooms since the server started. */
public final class RoomCounters {
  private final Map<LeaveReason, Long> left = new EnumMap<>(LeaveReason.class);
  private final Map<ErrorCode, Long> refused = new EnumMap<>(ErrorCode.class);
  private long joined;
  private long resumed;
  private long received;
  private long sent;

  void onJoined() {
    joined++;
  }

  void onResumed() {
    resumed++;
  }

  void onReceived() {
    received++;
  }

  void onSent() {
    sent++;
  }

  void onLeft(LeaveReason reason) {
    left.merge(reason, 1L, Long::sum);
  }

  void onRefused(ErrorCode code) {
    refused.merge(code, 1L, Long::sum);
  }

  /** Sessions that began. */
  public long joined() {
    return joined;
  }

  /** Sessions that went on after a lost connection. */
  public long resumed() {
    return resumed;
  }

  /** Messages of members, without acknowledgements and pings. */
  public long received() {
    return received;
  }

  /** Messages for members, each counted once however often it was sent. */
  public long sent() {
    return sent;
  }

  /** Sessions that ended, by why. */
  public long left(LeaveReason reason) {
    return left.getOrDefault(reason, 0L);
  }

  /** What was not obeyed, by why. */
  public long refused(ErrorCode code) {
    return refused.getOrDefault(code, 0L);
  }
}
