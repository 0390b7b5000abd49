package org.purertc.internal.rtp.format;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.ByteWriter;

/**
 * H.264 as RFC 6184 carries it. Mode 0 has single NAL units only; mode 1 puts small ones together
 * (STAP-A) and cuts large ones (FU-A).
 */
final class H264Packetizer implements Packetizer {
  static final int STAP_A = 24;
  static final int FU_A = 28;
  static final int FU_START = 0x80;
  static final int FU_END = 0x40;

  private static final int FU_HEADERS_BYTES = 2;
  private static final int MAX_PAYLOAD_BYTES = 0xffff;
  private static final byte[] NOTHING = {};

  private final boolean singleUnitsOnly;
  private final H264NalUnits units = new H264NalUnits();
  private final EvenSplit fragments = new EvenSplit();
  private byte[] frame = NOTHING;
  private int maxPayloadBytes;
  private int next;
  private int fragmentPosition;

  /** For packetization-mode 0 or 1. */
  H264Packetizer(int packetizationMode) {
    if (packetizationMode != 0 && packetizationMode != 1) {
      throw new IllegalArgumentException("packetization-mode " + packetizationMode);
    }
    singleUnitsOnly = packetizationMode == 0;
  }

  /** Null for the interleaved mode. */
  static @Nullable H264Packetizer of(H264Parameters parameters) {
    int mode = parameters.packetizationMode();
    return mode == 2 ? null : new H264Packetizer(mode);
  }

  @Override
  public void begin(byte[] frame, int maxPayloadBytes) {
    units.read(frame);
    next = 0;
    fragmentPosition = 0;
    this.frame = frame;
    this.maxPayloadBytes = Math.min(maxPayloadBytes, MAX_PAYLOAD_BYTES);
    if (units.count() == 0) {
      throw refusal(
          "no NAL unit behind a start code: an H.264 frame is a byte stream as in Annex B");
    }
    if (maxPayloadBytes <= FU_HEADERS_BYTES) {
      throw refusal("no room for the frame beside the fragment's headers");
    }
    for (int i = 0; i < units.count(); i++) {
      check(i);
    }
  }

  private void check(int unit) {
    int type = H264NalUnits.type(frame[units.start(unit)]);
    if (!H264NalUnits.isInStream(type)) {
      throw refusal("RTP carries no NAL unit of type " + type);
    }
    if (singleUnitsOnly && units.bytes(unit) > maxPayloadBytes) {
      throw refusal(
          "a NAL unit of "
              + units.bytes(unit)
              + " bytes, and packetization-mode=0 cuts none: have the encoder limit its slices to "
              + maxPayloadBytes
              + " bytes, or negotiate packetization-mode=1");
    }
  }

  /** Nothing of a refused frame is left to be sent. */
  private IllegalArgumentException refusal(String why) {
    units.clear();
    return new IllegalArgumentException(why);
  }

  @Override
  public int next(byte[] out, int offset) {
    if (next == units.count()) {
      return 0;
    }
    ByteWriter writer = new ByteWriter(out, offset);
    if (units.bytes(next) > maxPayloadBytes) {
      writeFragment(writer);
      return writer.length();
    }
    int together = singleUnitsOnly ? 1 : unitsThatFit();
    if (together == 1) {
      writer.bytes(frame, units.start(next), units.bytes(next));
    } else {
      writeAggregate(writer, together);
    }
    next += together;
    return writer.length();
  }

  private int unitsThatFit() {
    int unit = next;
    for (int bytes = 1; unit < units.count(); unit++) {
      bytes += 2 + units.bytes(unit);
      if (bytes > maxPayloadBytes) {
        break;
      }
    }
    return Math.max(1, unit - next);
  }

  /** RFC 6184 section 5.7.1, figure 7. */
  private void writeAggregate(ByteWriter writer, int together) {
    int forbiddenBit = 0;
    int highestNri = 0;
    for (int i = next; i < next + together; i++) {
      forbiddenBit |= frame[units.start(i)] & 0x80;
      highestNri = Math.max(highestNri, frame[units.start(i)] & 0x60);
    }
    writer.u8(forbiddenBit | highestNri | STAP_A);
    for (int i = next; i < next + together; i++) {
      writer.u16(units.bytes(i)).bytes(frame, units.start(i), units.bytes(i));
    }
  }

  /** RFC 6184 section 5.8: the unit's own header goes into the two of the fragments. */
  private void writeFragment(ByteWriter writer) {
    int header = frame[units.start(next)] & 0xff;
    int startBit = 0;
    if (fragmentPosition == 0) {
      fragments.begin(units.bytes(next) - 1, maxPayloadBytes - FU_HEADERS_BYTES);
      fragmentPosition = units.start(next) + 1;
      startBit = FU_START;
    }
    int bytes = fragments.nextPartBytes();
    int endBit = fragments.isEmpty() ? FU_END : 0;
    writer
        .u8(header & 0xe0 | FU_A)
        .u8(startBit | endBit | H264NalUnits.type(header))
        .bytes(frame, fragmentPosition, bytes);
    fragmentPosition += bytes;
    if (endBit != 0) {
      fragmentPosition = 0;
      next++;
    }
  }

  @Override
  public boolean isLast() {
    return next > 0 && next == units.count();
  }
}
