package org.purertc.ice.sim;

import java.util.Random;
import org.purertc.ice.IceAgent;
import org.purertc.ice.IceConfig;
import org.purertc.ice.IceRole;
import org.purertc.ice.IceTransportState;

/** Two agents on two hosts of a {@link SimNetwork}, with signalling that is instant. */
public final class IcePair {

  private static final long NS_PER_MS = 1_000_000;

  /** What a description takes to the other side in {@link #restart}. */
  private static final long SIGNALLING_NS = 100 * NS_PER_MS;

  private final SimNetwork network;
  private final SimLoop loop = new SimLoop();
  private final SimIceEnd controlling;
  private final SimIceEnd controlled;

  public IcePair(SimNetwork network) {
    this(network, network.host("10.0.0.1"), network.host("10.0.0.2"));
  }

  public IcePair(SimNetwork network, SimHost controllingHost, SimHost controlledHost) {
    this(network, controllingHost, controlledHost, IceConfig.DEFAULT);
  }

  /**
   * @param config of the controlled side
   */
  public IcePair(
      SimNetwork network, SimHost controllingHost, SimHost controlledHost, IceConfig config) {
    this.network = network;
    Random random = new Random(network.seed());
    controlling = end(IceRole.CONTROLLING, controllingHost, IceConfig.DEFAULT, random);
    controlled = end(IceRole.CONTROLLED, controlledHost, config, random);
  }

  private SimIceEnd end(IceRole role, SimHost host, IceConfig config, Random random) {
    IceAgent agent = new IceAgent(config, role, new Random(random.nextLong()));
    return new SimIceEnd(agent, host, loop);
  }

  /** Makes two agents that know each other's credentials and all candidates. */
  public static IcePair connect(SimNetwork network) {
    IcePair pair = new IcePair(network);
    pair.exchangeAll();
    return pair;
  }

  public void exchangeAll() {
    tell(controlling, controlled);
    tell(controlled, controlling);
  }

  /** Both halves of an ICE restart, one round trip of signalling apart. */
  public void restart(SimIceEnd offerer, SimIceEnd answerer) {
    long nowNs = loop.nowNs();
    offerer.agent().restart(offerer.agent().newCredentials(), nowNs);
    offerer.drain();
    loop.at(
        nowNs + SIGNALLING_NS,
        () -> {
          answerer.agent().restart(answerer.agent().newCredentials(), loop.nowNs());
          tell(answerer, offerer);
        });
    loop.at(nowNs + 2 * SIGNALLING_NS, () -> tell(offerer, answerer));
  }

  /** One side learns the credentials and candidates of the other. */
  public void tell(SimIceEnd to, SimIceEnd about) {
    long nowNs = loop.nowNs();
    to.agent().endOfLocalCandidates(nowNs);
    to.agent().setRemote(about.agent().local(), false, nowNs);
    about.candidates().forEach(candidate -> to.agent().addRemote(candidate, nowNs));
    to.agent().endOfRemoteCandidates(nowNs);
    to.drain();
  }

  public boolean runUntilBoth(IceTransportState state, long limitMs) {
    return loop.runUntil(
        () -> controlling.agent().state() == state && controlled.agent().state() == state,
        limitMs * NS_PER_MS);
  }

  /** Closes both and fails when a timer or a port is left. */
  public void assertNothingLeft() {
    controlling.close();
    controlled.close();
    if (loop.timersSet() != 0 || network.openPorts() != 0) {
      throw new AssertionError(
          "seed "
              + network.seed()
              + ": left are "
              + loop.timersSet()
              + " timers and "
              + network.openPorts()
              + " ports");
    }
  }

  public SimLoop loop() {
    return loop;
  }

  public SimNetwork network() {
    return network;
  }

  public SimIceEnd controlling() {
    return controlling;
  }

  public SimIceEnd controlled() {
    return controlled;
  }
}
