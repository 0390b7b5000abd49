package org.purertc.internal.rtp.format;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;
import org.purertc.internal.util.Timer;

/**
 * From the packets of telephone events to what was played, RFC 4733 section 2.5.2. An event whose
 * end packets are lost ends with the next event, or when nothing more is heard of it.
 *
 * <p>The owner drains the tones after each call; a sender who packs more events into a packet than
 * {@link #MAX_WAITING} allows loses the rest.
 */
public final class TelephoneEventReceiver {
  /** How many tones wait to be drained. */
  public static final int MAX_WAITING = 64;

  /** Some packet intervals: senders report every 50 ms or more often. */
  private static final long SILENCE_NS = 200_000_000L;

  /** How much older than the current event a packet counts as late: 10 s at 48 kHz. */
  private static final int LATE_TICKS = 480_000;

  private final Deque<ReceivedTone> tones = new ArrayDeque<>();
  private final Timer silence = new Timer();
  private boolean any;
  private boolean ended = true;
  private int code;
  private int volume;
  private int segmentTimestamp;
  private long segmentsTicks;
  private int segmentTicks;

  /**
   * Takes a packet's payload: one event, or several that follow each other (RFC 4733 section
   * 2.5.1.5).
   *
   * @param timestamp RTP's, 32 bits
   */
  public void receive(int timestamp, byte[] payload, long nowNs) throws MalformedPacketException {
    if (payload.length == 0 || payload.length % TelephoneEvent.BYTES != 0) {
      throw new MalformedPacketException("telephone events of " + payload.length + " bytes");
    }
    ByteReader in = new ByteReader(payload);
    int eventTimestamp = timestamp;
    while (in.hasRemaining()) {
      TelephoneEvent event = TelephoneEvent.parse(in);
      onReport(eventTimestamp, event, nowNs);
      eventTimestamp += event.durationTicks();
    }
  }

  private void onReport(int timestamp, TelephoneEvent event, long nowNs) {
    int later = timestamp - segmentTimestamp;
    if (any && later < 0 && later > -LATE_TICKS) {
      return;
    }
    boolean same = any && event.code() == code;
    if (same && !ended && isNextSegment(later)) {
      segmentsTicks += later;
      segmentTimestamp = timestamp;
      segmentTicks = 0;
    } else if (!same || later != 0) {
      begin(timestamp, event);
    }
    if (!ended) {
      segmentTicks = Math.max(segmentTicks, event.durationTicks());
      silence.start(nowNs, SILENCE_NS);
      if (event.end()) {
        end();
      }
    }
  }

  /** RFC 4733 section 2.5.1.3; reports of a whole segment may be lost. */
  private static boolean isNextSegment(int later) {
    return later > 0 && later <= LATE_TICKS && later % TelephoneEvent.MAX_DURATION_TICKS == 0;
  }

  private void begin(int timestamp, TelephoneEvent event) {
    if (!ended) {
      end();
    }
    any = true;
    ended = false;
    code = event.code();
    volume = event.volume();
    segmentTimestamp = timestamp;
    segmentsTicks = 0;
    segmentTicks = event.durationTicks();
    tell();
  }

  private void end() {
    ended = true;
    silence.stop();
    tell();
  }

  private void tell() {
    if (tones.size() < MAX_WAITING) {
      tones.add(new ReceivedTone(code, volume, segmentsTicks + segmentTicks, ended));
    }
  }

  public long nextDeadlineNs() {
    return silence.deadlineNs();
  }

  public void onDeadline(long nowNs) {
    if (silence.expire(nowNs)) {
      end();
    }
  }

  /** What began or ended next; null without news. */
  public @Nullable ReceivedTone poll() {
    return tones.poll();
  }
}
