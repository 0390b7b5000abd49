package org.purertc;

import java.nio.file.Path;

/** Owns the event loops and the certificate of its peers. */
public final class PeerConnectionFactory implements AutoCloseable {

  private PeerConnectionFactory() {}

  public static Builder builder() {
    return new Builder();
  }

  public RTCPeerConnection createPeerConnection(RTCConfiguration configuration) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Closes all peers of this factory and frees its threads and sockets. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Builds a {@link PeerConnectionFactory}. */
  public static final class Builder {
    private Builder() {}

    /** Number of event loops; default one per two cores, at least one. */
    public Builder loops(int n) {
      throw new UnsupportedOperationException("skeleton");
    }

    /** Gathers 127.0.0.1 and ::1 only: no traffic leaves this machine. */
    public Builder loopbackOnly() {
      throw new UnsupportedOperationException("skeleton");
    }

    /** Gathers loopback addresses besides those of the interfaces. */
    public Builder includeLoopback() {
      throw new UnsupportedOperationException("skeleton");
    }

    public Builder certificate(RTCCertificate certificate) {
      throw new UnsupportedOperationException("skeleton");
    }

    /** Appends NSS key log lines for Wireshark: whoever has the file reads the traffic. */
    public Builder keyLog(Path file) {
      throw new UnsupportedOperationException("skeleton");
    }

    public PeerConnectionFactory build() {
      throw new UnsupportedOperationException("skeleton");
    }
  }
}
