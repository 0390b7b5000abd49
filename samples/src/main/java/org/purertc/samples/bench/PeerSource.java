package org.purertc.samples.bench;

import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCPeerConnection;

/** Makes the peers of a measurement, all on loopback. */
final class PeerSource implements AutoCloseable {
  private final PeerConnectionFactory factory;
  private final RTCConfiguration configuration;

  /**
   * @param loops event loops; two peers of a pair get one each where there are two
   * @param callbacksOnLoop handlers run on the loop, so no thread changes between packet and
   *     handler; else on an executor, as by default
   * @param loopbackOnly candidates of 127.0.0.1 and ::1 only, else the others besides
   */
  PeerSource(int loops, boolean callbacksOnLoop, boolean loopbackOnly) {
    this(
        loopbackOnly ? builder(loops).loopbackOnly() : builder(loops).includeLoopback(),
        callbacksOnLoop);
  }

  private PeerSource(PeerConnectionFactory.Builder builder, boolean callbacksOnLoop) {
    factory = builder.build();
    RTCConfiguration.Builder peers = RTCConfiguration.builder();
    configuration = (callbacksOnLoop ? peers.callbacksOnLoop() : peers).build();
  }

  /** All on one UDP port. */
  static PeerSource onOnePort(int port, int loops, boolean callbacksOnLoop) {
    return new PeerSource(builder(loops).loopbackOnly().udpPort(port), callbacksOnLoop);
  }

  private static PeerConnectionFactory.Builder builder(int loops) {
    return PeerConnectionFactory.builder().loops(loops);
  }

  RTCPeerConnection create() {
    return factory.createPeerConnection(configuration);
  }

  @Override
  public void close() {
    factory.close();
  }
}
