package org.purertc.internal.rtp.format;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * H.264 as RFC 6184 carries it: single NAL units, STAP-A and FU-A; the structures of the
 * interleaved mode are malformed here. Frames are byte streams as in Annex B, with start codes of
 * four bytes.
 */
final class H264Depacketizer implements Depacketizer {
  /** Parameter sets that the peer gave by signalling, for IDR pictures that come without. */
  private final List<byte[]> parameterSets;

  H264Depacketizer(List<byte[]> parameterSets) {
    this.parameterSets = parameterSets;
  }

  /** Null for the interleaved mode. */
  static @Nullable H264Depacketizer of(H264Parameters parameters) {
    return parameters.packetizationMode() == 2
        ? null
        : new H264Depacketizer(parameters.parameterSets());
  }

  @Override
  public PayloadDescriptor describe(byte[] buffer, int offset, int length)
      throws MalformedPacketException {
    ByteReader in = new ByteReader(buffer, offset, length);
    int type = H264NalUnits.type(in.u8());
    return switch (type) {
      case H264Packetizer.STAP_A -> describeAggregate(in);
      case H264Packetizer.FU_A -> describeFragment(in);
      default -> {
        checkInStream(type);
        yield PayloadDescriptor.of(start(type, in), type == H264NalUnits.IDR_SLICE);
      }
    };
  }

  private static PayloadDescriptor describeAggregate(ByteReader in)
      throws MalformedPacketException {
    Start start = null;
    boolean keyFrame = false;
    do {
      ByteReader unit = aggregatedUnit(in);
      int type = H264NalUnits.type(unit.u8());
      start = start == null ? start(type, unit) : start;
      keyFrame |= type == H264NalUnits.IDR_SLICE;
    } while (in.hasRemaining());
    return PayloadDescriptor.of(start, keyFrame);
  }

  private static PayloadDescriptor describeFragment(ByteReader in) throws MalformedPacketException {
    int header = in.u8();
    int type = H264NalUnits.type(header);
    checkInStream(type);
    boolean first = (header & H264Packetizer.FU_START) != 0;
    return PayloadDescriptor.of(first ? start(type, in) : Start.NO, type == H264NalUnits.IDR_SLICE);
  }

  /**
   * Whether a NAL unit begins its access unit, H.264 section 7.4.1.2.3: only a delimiter surely
   * does; before all others something may have come in a packet of its own.
   */
  private static Start start(int type, ByteReader rest) throws MalformedPacketException {
    if (type == H264NalUnits.ACCESS_UNIT_DELIMITER) {
      return Start.YES;
    }
    boolean slice = type == 1 || type == H264NalUnits.IDR_SLICE;
    // Section 7.3.3: a slice begins with first_mb_in_slice, whose code for 0 is the bit 1.
    return slice && rest.hasRemaining() && rest.u8() < 0x80 ? Start.NO : Start.UNKNOWN;
  }

  private static void checkInStream(int type) throws MalformedPacketException {
    if (!H264NalUnits.isInStream(type)) {
      throw new MalformedPacketException("H.264 payload structure or NAL unit of type " + type);
    }
  }

  /** RFC 6184 section 5.7.1, figure 7. */
  private static ByteReader aggregatedUnit(ByteReader in) throws MalformedPacketException {
    ByteReader unit = in.slice(in.u16());
    if (!unit.hasRemaining()) {
      throw new MalformedPacketException("an empty NAL unit in a STAP-A");
    }
    checkInStream(H264NalUnits.type(unit.array()[unit.position()]));
    return unit;
  }

  @Override
  public byte[] join(List<byte[]> payloads) throws MalformedPacketException {
    AccessUnit unit = new AccessUnit(payloads, parameterSets);
    for (byte[] payload : payloads) {
      ByteReader in = new ByteReader(payload);
      int header = in.u8();
      switch (H264NalUnits.type(header)) {
        case H264Packetizer.STAP_A -> {
          do {
            ByteReader aggregated = aggregatedUnit(in);
            unit.add(aggregated.u8(), aggregated);
          } while (in.hasRemaining());
        }
        case H264Packetizer.FU_A -> unit.addFragment(header, in.u8(), in);
        default -> unit.add(header, in);
      }
    }
    return unit.toByteArray();
  }

  /**
   * The byte stream as it grows; never more than five times its payloads and the parameter sets.
   */
  private static final class AccessUnit {
    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int NONE = -1;

    private final JoinedPayloads stream;
    private final List<byte[]> parameterSets;
    private boolean hasParameters;
    private int fragmentedType = NONE;

    AccessUnit(List<byte[]> payloads, List<byte[]> parameterSets) {
      stream = new JoinedPayloads(payloads);
      this.parameterSets = parameterSets;
    }

    void add(int header, ByteReader rest) throws MalformedPacketException {
      if (fragmentedType != NONE) {
        throw new MalformedPacketException("a fragmented NAL unit without its end");
      }
      begin(header);
      stream.add(rest);
    }

    /** RFC 6184 section 5.8, figures 14 to 16. */
    void addFragment(int indicator, int header, ByteReader rest) throws MalformedPacketException {
      int type = H264NalUnits.type(header);
      boolean first = (header & H264Packetizer.FU_START) != 0;
      if (fragmentedType != (first ? NONE : type)) {
        throw new MalformedPacketException("fragments that are not one NAL unit");
      }
      if (first) {
        begin(indicator & 0xe0 | type);
      }
      stream.add(rest);
      fragmentedType = (header & H264Packetizer.FU_END) != 0 ? NONE : type;
    }

    private void begin(int header) throws MalformedPacketException {
      int type = H264NalUnits.type(header);
      checkInStream(type);
      // Section 7.4.1: the last byte of a NAL unit is not 0. Chromium's SPS has a zero behind it.
      stream.cutZeros();
      hasParameters |= type == H264NalUnits.SEQUENCE_PARAMETER_SET;
      if (type == H264NalUnits.IDR_SLICE && !hasParameters) {
        hasParameters = true;
        for (byte[] set : parameterSets) {
          stream.add(START_CODE);
          stream.add(set);
        }
      }
      stream.add(START_CODE);
      stream.add(header);
    }

    byte[] toByteArray() throws MalformedPacketException {
      if (fragmentedType != NONE) {
        throw new MalformedPacketException("a frame cut short");
      }
      stream.cutZeros();
      return stream.toByteArray();
    }
  }
}
