package org.purertc.internal.rtp.format;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * AV1 as the Alliance for Open Media's RTP Payload Format for AV1 carries it. Frames are temporal
 * units in the low-overhead format, each OBU with its size, without the temporal delimiter.
 */
final class Av1Depacketizer implements Depacketizer {
  /** Behind an OBU header and its extension stands at least one byte, or nothing is to be read. */
  private static final int READABLE_BYTES = 3;

  @Override
  public PayloadDescriptor describe(byte[] buffer, int offset, int length)
      throws MalformedPacketException {
    Av1Payload payload = new Av1Payload(new ByteReader(buffer, offset, length));
    boolean keyFrame = payload.beginsSequence();
    boolean begins = payload.beginsSequence();
    boolean sequenceHeader = false;
    int layers = -1;
    while (payload.hasNext()) {
      ByteReader element = payload.next();
      boolean first = payload.elementsRead() == 1;
      if (payload.elementContinues() || element.remaining() < READABLE_BYTES) {
        continue;
      }
      Av1Obu obu = Av1Obu.parse(element);
      begins |= first && obu.type() == Av1Obu.TEMPORAL_DELIMITER;
      layers = Math.max(layers, obu.extension());
      sequenceHeader |= obu.type() == Av1Obu.SEQUENCE_HEADER;
      // For senders that forget N.
      keyFrame |=
          sequenceHeader
              && obu.isFrameHeader()
              && !obu.hasSizeField()
              && Av1FrameHeader.isKeyFrame(element);
    }
    Start start = payload.continuesObu() ? Start.NO : begins ? Start.YES : Start.UNKNOWN;
    return describe(start, keyFrame, new Av1Obu(0, layers));
  }

  private static PayloadDescriptor describe(Start start, boolean keyFrame, Av1Obu layers) {
    return new PayloadDescriptor(
        start,
        keyFrame,
        -1,
        0,
        -1,
        layers.temporalLayer(),
        layers.spatialLayer(),
        false,
        PayloadDescriptor.NOT_SAID);
  }

  @Override
  public byte[] join(List<byte[]> payloads) throws MalformedPacketException {
    JoinedPayloads unit = new JoinedPayloads(payloads);
    JoinedPayloads fragments = null;
    for (byte[] bytes : payloads) {
      Av1Payload payload = new Av1Payload(new ByteReader(bytes));
      while (payload.hasNext()) {
        ByteReader element = payload.next();
        if (payload.elementContinues() != (fragments != null)) {
          throw new MalformedPacketException("fragments that are not one OBU");
        }
        fragments = add(element, fragments, payload.elementIsContinued(), unit);
      }
    }
    if (fragments != null) {
      throw new MalformedPacketException("a frame cut short");
    }
    return unit.toByteArray();
  }

  /** Adds an element to its OBU, and the OBU when it is whole to the temporal unit. */
  private static @Nullable JoinedPayloads add(
      ByteReader element, @Nullable JoinedPayloads before, boolean isContinued, JoinedPayloads unit)
      throws MalformedPacketException {
    if (before == null && !isContinued) {
      addObu(element, unit);
      return null;
    }
    JoinedPayloads fragments = before == null ? new JoinedPayloads(List.of()) : before;
    fragments.add(element);
    if (isContinued) {
      return fragments;
    }
    addObu(new ByteReader(fragments.toByteArray()), unit);
    return null;
  }

  private static void addObu(ByteReader in, JoinedPayloads unit) throws MalformedPacketException {
    Av1Obu obu = Av1Obu.parse(in);
    ByteReader payload = obu.payload(in);
    if (!obu.isCarried()) {
      return;
    }
    unit.add(obu.headerWithSizeField());
    if (obu.extension() >= 0) {
      unit.add(obu.extension());
    }
    unit.add(Leb128.bytes(payload.remaining()));
    unit.add(payload);
  }
}
