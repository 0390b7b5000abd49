package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.mdns.LocalName;
import org.purertc.ice.mdns.MulticastDns;

/**
 * The other side's candidates on their way to the agent: names become addresses, refused ones do
 * not pass, and the end comes after the last.
 */
final class RemoteCandidates {

  /** Who takes what has passed. Called on the loop. */
  interface Owner {
    void onRemoteCandidate(IceCandidate candidate);

    /**
     * @param why in words; a candidate that cannot be used is no error
     */
    void onRemoteRefused(String why);

    void onRemoteEnd();
  }

  /**
   * Names between two ICE restarts. Each is asked for in the whole network, whoever wrote the
   * description; a browser has one or two.
   */
  static final int MAX_NAMES = 32;

  private final RemotePolicy policy;
  private final Loop loop;
  private final Owner owner;
  private @Nullable IceCredentials from;
  private int generation;
  private final Set<InetSocketAddress> asked = new HashSet<>(0);
  private int pending;
  private boolean ended;

  RemoteCandidates(RemotePolicy policy, Loop loop, Owner owner) {
    this.policy = policy;
    this.loop = loop;
    this.owner = owner;
  }

  /** With other credentials the candidates are others, too; RFC 8839 section 4.4.1.1.1. */
  void begin(IceCredentials remote) {
    if (!remote.equals(from)) {
      from = remote;
      close();
    }
  }

  void add(IceCandidate candidate) {
    LocalName name = LocalName.of(candidate.address());
    if (name == null || !candidate.address().isUnresolved()) {
      take(candidate);
    } else if (!asked.contains(candidate.address())) { // each description tells all again
      lookUp(name, candidate);
    }
  }

  private void lookUp(LocalName name, IceCandidate candidate) {
    MulticastDns dns = policy.names();
    if (dns == null) {
      owner.onRemoteRefused("the name " + name + " is not looked up");
    } else if (asked.size() == MAX_NAMES) {
      owner.onRemoteRefused("more than " + MAX_NAMES + " names of multicast DNS");
    } else {
      asked.add(candidate.address());
      pending++;
      int begun = generation;
      dns.lookUp(
          name,
          loop,
          lookup -> {
            if (begun == generation) {
              onLookedUp(name, candidate, lookup);
            }
          });
    }
  }

  private void onLookedUp(LocalName name, IceCandidate candidate, MulticastDns.Lookup lookup) {
    pending--;
    InetAddress address = lookup.address();
    if (address == null) {
      owner.onRemoteRefused("no address of " + name + ": " + lookup.trouble());
    } else {
      take(candidate.withAddress(name.at(address, candidate.address().getPort())));
    }
    if (ended && pending == 0) {
      owner.onRemoteEnd();
    }
  }

  private void take(IceCandidate candidate) {
    if (allows(candidate.address().getAddress())) {
      owner.onRemoteCandidate(candidate);
    } else {
      String refused = candidate.address().getHostString() + ":" + candidate.address().getPort();
      owner.onRemoteRefused("the remote address filter refuses " + refused);
    }
  }

  boolean allows(InetAddress address) {
    return policy.addresses().test(address);
  }

  /** There are no others; told when the last name has its address or none. */
  void end() {
    ended = true;
    if (pending == 0) {
      owner.onRemoteEnd();
    }
  }

  /** What is being looked up is of no use any more. */
  void close() {
    generation++;
    asked.clear();
    pending = 0;
    ended = false;
  }
}
