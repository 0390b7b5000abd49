package org.purertc.internal.rtp;

import org.jspecify.annotations.Nullable;

/** Makes the streams that the remote sends, as they appear. */
public interface StreamOpener {

  /**
   * The first packet of an SSRC has come.
   *
   * @param rid of the layer that it is, RFC 8852; empty when not said
   * @return null to have its packets dropped
   */
  @Nullable ReceiveStream open(MediaSection section, String rid, long ssrc);

  /** A stream has ended: by BYE, with its section, or because there were too many. */
  void onClosed(ReceiveStream stream);
}
