package org.purertc.srtp.internal;

/** RTP and RTCP differ in their keys and in what follows the packet. */
enum PacketKind {
  RTP(0x00, 0x01, 0x02, 0),
  /** The E bit and the index follow, RFC 3711 section 3.4. */
  RTCP(0x03, 0x04, 0x05, 4);

  /** The labels of RFC 3711 section 4.3.2. */
  final int encryptionLabel;

  final int authenticationLabel;
  final int saltLabel;

  /** What is sent behind the packet besides the authentication tag. */
  final int trailerBytes;

  PacketKind(int encryptionLabel, int authenticationLabel, int saltLabel, int trailerBytes) {
    this.encryptionLabel = encryptionLabel;
    this.authenticationLabel = authenticationLabel;
    this.saltLabel = saltLabel;
    this.trailerBytes = trailerBytes;
  }
}
