package org.purertc.internal.jsep;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.SessionDescription;
import org.purertc.sdp.SetupRole;

/** What holds of media sections of any type. */
final class MediaSections {

  private MediaSections() {}

  /** RFC 9143 section 6: port 0 rejects a section, unless it says bundle-only inside a group. */
  static boolean isLive(SessionDescription description, MediaDescription section) {
    return section.port() != 0
        || (section.attributes().has("bundle-only") && description.bundleOf(section) != null);
  }

  static boolean isRtp(MediaDescription section) {
    return section.protocol().contains("RTP/");
  }

  /** Null for what is neither audio nor video over RTP. */
  static @Nullable MediaKind kindOf(MediaDescription section) {
    if (isRtp(section)) {
      for (MediaKind kind : MediaKind.values()) {
        if (kind.toString().equals(section.media())) {
          return kind;
        }
      }
    }
    return null;
  }

  /** RFC 8866 section 6.7: the section's, else the session's, else sendrecv. */
  static MediaDirection direction(SessionDescription description, MediaDescription section) {
    MediaDirection own = section.attributes().direction();
    MediaDirection session = description.attributes().direction();
    return own != null ? own : Objects.requireNonNullElse(session, MediaDirection.SENDRECV);
  }

  /** RFC 3264 section 6: a section with port 0, which rejects or goes on rejecting. */
  static MediaDescription rejected(MediaDescription section) {
    // The formats of a rejected section are ignored, but there must be one.
    String format = isRtp(section) ? "0" : section.formats().get(0);
    MediaDescription rejected =
        MediaDescription.of(section.media(), section.protocol(), format)
            .withPort(0)
            .with("inactive", null);
    String mid = section.mid();
    return mid == null ? rejected : rejected.with("mid", mid);
  }

  /**
   * With our side of the transport. Bundled sections have it too, though RFC 9143 section 7.1.3
   * wants it in the tagged one only: browsers write it, and older peers ask for it.
   *
   * @param mid null when the offer has none
   */
  static MediaDescription withTransport(
      MediaDescription section, LocalTransport transport, @Nullable String mid, SetupRole setup) {
    MediaDescription written =
        section
            .with("ice-ufrag", transport.iceUfrag())
            .with("ice-pwd", transport.icePwd())
            .with("ice-options", transport.iceOptions())
            .with("fingerprint", transport.fingerprint())
            .with("setup", setup.toString());
    return mid == null ? written : written.with("mid", mid);
  }
}
