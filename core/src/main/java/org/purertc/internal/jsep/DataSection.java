package org.purertc.internal.jsep;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SctpMapAttribute;
import org.purertc.sdp.SessionDescription;
import org.purertc.sdp.SetupRole;

/** The media section of data channels, RFC 8841. */
final class DataSection {
  private static final String PROTOCOL = "UDP/DTLS/SCTP";

  /** The drafts before RFC 8841: the format is the SCTP port, {@code a=sctpmap} names the use. */
  private static final String OLD_PROTOCOL = "DTLS/SCTP";

  /** RFC 9429 section 5.1.2. */
  private static final Set<String> PROTOCOLS = Set.of(PROTOCOL, "TCP/DTLS/SCTP", OLD_PROTOCOL);

  private static final String FORMAT = "webrtc-datachannel";

  /** What a new section looks like. */
  static final MediaDescription NEW = MediaDescription.of("application", PROTOCOL, FORMAT);

  /** RFC 8831 section 6.2: the number of streams SHOULD be 65535. */
  private static final int OLD_STREAMS = 65_535;

  /** RFC 8841 section 6: the size that an absent a=max-message-size means. */
  private static final long DEFAULT_MAX_MESSAGE_SIZE = 65_536;

  private DataSection() {}

  /** Index of the first application section that can carry data channels; -1 without one. */
  static int indexIn(SessionDescription description) {
    List<MediaDescription> media = description.media();
    for (int i = 0; i < media.size(); i++) {
      if (isUsable(description, media.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isUsable(SessionDescription description, MediaDescription section) {
    return MediaSections.isLive(description, section)
        && section.media().equals("application")
        && PROTOCOLS.contains(section.protocol())
        && (section.formats().contains(FORMAT) || sctpMap(section) != null);
  }

  /** The remote's SCTP port; null when the section does not say. */
  private static @Nullable Integer sctpPort(MediaDescription section) {
    SctpMapAttribute old = sctpMap(section);
    return old != null ? Integer.valueOf(old.port()) : section.attributes().sctpPort();
  }

  private static @Nullable SctpMapAttribute sctpMap(MediaDescription section) {
    if (!section.protocol().equals(OLD_PROTOCOL)) {
      return null;
    }
    String port = section.formats().get(0);
    for (SctpMapAttribute map : section.attributes().sctpMaps()) {
      if (port.equals(String.valueOf(map.port())) && map.application().equals(FORMAT)) {
        return map;
      }
    }
    return null;
  }

  /**
   * Our section.
   *
   * @param like gives protocol and syntax, so that an old remote is answered in kind
   * @param mid null when the offer has none
   */
  static MediaDescription of(
      JsepConfiguration configuration,
      LocalTransport transport,
      MediaDescription like,
      @Nullable String mid,
      SetupRole setup) {
    boolean old = sctpMap(like) != null;
    String port = String.valueOf(configuration.sctpPort());
    MediaDescription section =
        MediaSections.withTransport(
            MediaDescription.of("application", like.protocol(), old ? port : FORMAT),
            transport,
            mid,
            setup);
    section =
        old
            ? section.with("sctpmap", port + " " + FORMAT + " " + OLD_STREAMS)
            : section.with("sctp-port", port);
    return section.with("max-message-size", String.valueOf(configuration.maxMessageSize()));
  }

  /** What the remote says of the live data section of its description. */
  static NegotiatedData read(MediaDescription section, MLine line) throws JsepException {
    Integer port = sctpPort(section);
    if (port == null) {
      throw JsepException.invalidAccess("m-line of mid " + line.mid() + ": a=sctp-port is missing");
    }
    Long size = section.attributes().maxMessageSize();
    return new NegotiatedData(
        line.mid(), line.transport(), port, size == null ? DEFAULT_MAX_MESSAGE_SIZE : size);
  }
}
