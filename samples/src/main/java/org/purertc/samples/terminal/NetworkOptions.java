package org.purertc.samples.terminal;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import picocli.CommandLine.Option;

/** Where a command listens, and which addresses its peers use. */
public final class NetworkOptions {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Name or address to listen on and to print.")
  private @Nullable String host;

  @Option(
      names = "--loopback",
      description = "Server and candidates stay on loopback: no traffic leaves this machine.")
  private boolean loopback;

  /** The address to listen on: {@code --loopback}, else {@code --host}, else {@code standard}. */
  public InetAddress host(InetAddress standard) throws UnknownHostException {
    if (loopback) {
      return loopbackAddress();
    }
    if (host == null) {
      return standard;
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new CommandFailure("unknown host: " + host);
    }
  }

  /** 127.0.0.1. */
  public static InetAddress loopbackAddress() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  /** {@code http://HOST:PORT}; the host as the user wrote it. */
  public String url(InetAddress address, int port) {
    return url(address, port, false);
  }

  /** {@code http://HOST:PORT} or {@code https://HOST:PORT}; the host as the user wrote it. */
  public String url(InetAddress address, int port, boolean tls) {
    String name = name(address);
    String authority = (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
    return (tls ? "https://" : "http://") + authority;
  }

  /** What the user calls {@code address}: its name, else itself. */
  public String name(InetAddress address) {
    String name = loopback || host == null ? address.getHostAddress() : host;
    int scope = name.indexOf('%');
    return scope >= 0 ? name.substring(0, scope) : name;
  }

  /**
   * A factory of peers.
   *
   * @param other where the other side is: one on this machine may have nothing but loopback
   */
  public PeerConnectionFactory peers(InetAddress other) {
    return peers(loopback, other.isLoopbackAddress());
  }

  /** A factory of peers that use loopback only, besides the others, or not at all. */
  public static PeerConnectionFactory peers(boolean loopbackOnly, boolean includeLoopback) {
    PeerConnectionFactory.Builder builder = PeerConnectionFactory.builder();
    if (loopbackOnly) {
      builder.loopbackOnly();
    } else if (includeLoopback) {
      builder.includeLoopback();
    }
    return builder.build();
  }

  /** The first address by which others may reach this machine, IPv4 first; else 127.0.0.1. */
  public static InetAddress firstAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .filter(NetworkOptions::usable)
        .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
        .flatMap(NetworkInterface::inetAddresses)
        .filter(it -> !it.isLoopbackAddress() && !it.isLinkLocalAddress())
        .filter(it -> it instanceof Inet4Address || it instanceof Inet6Address)
        .min(Comparator.comparingInt(it -> it instanceof Inet4Address ? 0 : 1))
        .orElse(loopbackAddress());
  }

  private static boolean usable(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback();
    } catch (SocketException e) {
      return false;
    }
  }
}
