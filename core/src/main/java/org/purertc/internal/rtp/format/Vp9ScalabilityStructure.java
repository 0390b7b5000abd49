package org.purertc.internal.rtp.format;

import java.util.ArrayList;
import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * The layers of a VP9 stream and how their pictures follow, RFC 9628 section 4.2.1. At most 8
 * layers and 255 pictures, each of which costs the sender at least one byte.
 *
 * @param spatialLayers how many there are, 1 to 8
 * @param resolutions of the spatial layers, the lowest first; empty when not said
 * @param pictures one round of the pattern of pictures; empty when not said
 */
record Vp9ScalabilityStructure(
    int spatialLayers, List<Resolution> resolutions, List<Picture> pictures) {

  /** In pixels. */
  record Resolution(int width, int height) {}

  /**
   * A picture of the pattern.
   *
   * @param switchingPoint whether one may go up to this temporal layer here
   * @param referenceDifferences how many pictures back its references are
   */
  record Picture(int temporalLayer, boolean switchingPoint, List<Integer> referenceDifferences) {}

  static Vp9ScalabilityStructure parse(ByteReader in) throws MalformedPacketException {
    int head = in.u8();
    int spatialLayers = (head >> 5) + 1;
    List<Resolution> resolutions = new ArrayList<>();
    if ((head & 0x10) != 0) {
      for (int i = 0; i < spatialLayers; i++) {
        resolutions.add(new Resolution(in.u16(), in.u16()));
      }
    }
    List<Picture> pictures = new ArrayList<>();
    if ((head & 0x08) != 0) {
      for (int left = in.u8(); left > 0; left--) {
        pictures.add(parsePicture(in));
      }
    }
    return new Vp9ScalabilityStructure(spatialLayers, resolutions, pictures);
  }

  private static Picture parsePicture(ByteReader in) throws MalformedPacketException {
    int head = in.u8();
    List<Integer> differences = new ArrayList<>(3);
    for (int left = head >> 2 & 0x03; left > 0; left--) {
      differences.add(in.u8());
    }
    return new Picture(head >> 5, (head & 0x10) != 0, differences);
  }
}
