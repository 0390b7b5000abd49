package org.purertc.bench;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.purertc.srtp.SrtpProfile;
import org.purertc.srtp.SrtpSession;

/**
 * Protects and unprotects RTP packets with 1,200 bytes of payload; {@code cipherSeal} and {@code
 * cipherOpen} are what the JDK's ciphers alone take for them.
 */
public class SrtpPacketBenchmark extends InnerLoop {
  private static final int PACKET_BYTES = BareCipher.HEADER_BYTES + 1_200;

  /** A packet is unprotected once: after so many there is a new receiver. */
  private static final int PACKETS = 1_024;

  @Param({"AEAD_AES_128_GCM", "AEAD_AES_256_GCM", "AES128_CM_SHA1_80"})
  public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

  private final byte[] buffer = new byte[PACKET_BYTES + SrtpSession.MAX_OVERHEAD_BYTES];
  private final byte[][] protectedPackets = new byte[PACKETS][];
  private final byte[][] sealedPackets = new byte[PACKETS][];
  private SrtpSession sender = session();
  private SrtpSession receiver = session();
  private BareCipher bare = bare();
  private int sent;
  private int received;

  /** Again, because the fields were filled before the profile was. */
  @Setup
  public void prepare() throws GeneralSecurityException {
    sender = session();
    receiver = session();
    bare = bare();
    SrtpSession other = session();
    for (int i = 0; i < PACKETS; i++) {
      number(i);
      int length = other.protectRtp(buffer, 0, PACKET_BYTES);
      protectedPackets[i] = Arrays.copyOf(buffer, length);
      length = bare.seal(buffer, PACKET_BYTES, i);
      sealedPackets[i] = Arrays.copyOf(buffer, length);
    }
  }

  private SrtpSession session() {
    byte[] key = new byte[profile.keyBytes()];
    byte[] salt = new byte[profile.saltBytes()];
    return new SrtpSession(profile, key, salt, key, salt);
  }

  private BareCipher bare() {
    byte[] key = new byte[profile.keyBytes()];
    try {
      return profile == SrtpProfile.AES128_CM_SHA1_80
          ? BareCipher.counterModeAndHmac(key)
          : BareCipher.gcm(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An RTP header with that sequence number. */
  private void number(int sequenceNumber) {
    buffer[0] = (byte) 0x80;
    buffer[2] = (byte) (sequenceNumber >>> 8);
    buffer[3] = (byte) sequenceNumber;
  }

  @Benchmark
  public int protect() {
    number(++sent);
    return passed(sender.protectRtp(buffer, 0, PACKET_BYTES));
  }

  /** With a copy of the packet to where it is unprotected, as a socket makes it. */
  @Benchmark
  public int unprotect() {
    if (received == PACKETS) {
      receiver = session();
      received = 0;
    }
    byte[] packet = protectedPackets[received++];
    System.arraycopy(packet, 0, buffer, 0, packet.length);
    return passed(receiver.unprotectRtp(buffer, 0, packet.length));
  }

  private static int passed(int result) {
    if (result < 0) {
      throw new IllegalStateException("result " + result);
    }
    return result;
  }

  @Benchmark
  public int cipherSeal() throws GeneralSecurityException {
    number(++sent);
    return bare.seal(buffer, PACKET_BYTES, sent);
  }

  @Benchmark
  public int cipherOpen() throws GeneralSecurityException {
    received = (received + 1) % PACKETS;
    return bare.open(sealedPackets[received], buffer, received);
  }
}
