package org.purertc.internal.jsep;

import org.jspecify.annotations.Nullable;

/**
 * What this side knows of a media section, RFC 9429 section 3.4.
 *
 * @param mid as written; ours when the remote wrote none
 * @param transceiver that the section belongs to; null for data, and for what nobody wants
 * @param isData whether data channels run here
 * @param transport index of its transport, {@link #REJECTED} without one
 */
record MLine(String mid, @Nullable Transceiver transceiver, boolean isData, int transport) {
  static final int REJECTED = -1;

  boolean isLive() {
    return transport != REJECTED;
  }

  MLine onTransport(int index) {
    return new MLine(mid, transceiver, isData, index);
  }

  MLine rejected() {
    return onTransport(REJECTED);
  }
}
