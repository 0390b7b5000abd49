package org.purertc.ice.turn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Network;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;

/**
 * A double of a TURN server in virtual time: one UDP port on a simulated host, long-term
 * credentials, permissions and channels that end. Only as much as the tests ask for.
 */
public final class TurnServerDouble {

  static final String REALM = "example.org";
  public static final String USER = "alice";
  public static final String PASSWORD = "secret";

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int PORT = 3478;

  private final SimHost host;
  private final SimLoop loop;
  private final InetSocketAddress address;
  private final Map<InetSocketAddress, Allocation> allocations = new HashMap<>();
  private Network.@Nullable DatagramPort port;
  private int nonce = 1;

  /** Every request that came, as method number. */
  final List<Integer> requests = new ArrayList<>();

  /** What application data came in: 'C' in ChannelData, 'S' in a Send indication. */
  final StringBuilder forms = new StringBuilder();

  boolean offersSha256;
  boolean hidesAlgorithms;
  boolean asksForCredentials = true;
  boolean changesNonceAlways;
  int allocateError;
  int permissionError;
  int lifetimeSeconds = 600;
  @Nullable InetSocketAddress alternate;
  boolean signsWrongly;

  private final class Allocation {
    final Network.DatagramPort relayed;
    final InetSocketAddress client;
    final Map<InetAddress, Long> permissions = new HashMap<>();
    final Map<Integer, InetSocketAddress> channels = new HashMap<>();
    final Map<Integer, Long> channelEnds = new HashMap<>();
    long endNs;

    Allocation(InetSocketAddress client, InetAddress relay) {
      this.client = client;
      relayed = open(new InetSocketAddress(relay, 0), this::onPeerData);
      endNs = loop.nowNs() + lifetimeSeconds * SECOND_NS;
    }

    void onPeerData(byte[] data, InetSocketAddress from) {
      long nowNs = loop.nowNs();
      if (nowNs > endNs || permissions.getOrDefault(from.getAddress(), -1L) < nowNs) {
        return;
      }
      for (Map.Entry<Integer, InetSocketAddress> channel : channels.entrySet()) {
        if (channel.getValue().equals(from) && channelEnds.get(channel.getKey()) >= nowNs) {
          send(
              ByteBuffer.allocate(4 + data.length)
                  .putShort((short) (int) channel.getKey())
                  .putShort((short) data.length)
                  .put(data)
                  .array(),
              client);
          return;
        }
      }
      RawServerMessage indication = new RawServerMessage(0x0017, new byte[12]);
      indication.address(RawServerMessage.XOR_PEER_ADDRESS, from);
      send(indication.with(RawServerMessage.DATA, data).encode(null, false), client);
    }
  }

  private interface Datagrams {
    void take(byte[] data, InetSocketAddress from);
  }

  public TurnServerDouble(SimHost host, SimLoop loop) {
    this.host = host;
    this.loop = loop;
    address = new InetSocketAddress(host.localAddresses().get(0), PORT);
    restart();
  }

  public InetSocketAddress address() {
    return address;
  }

  public int allocations() {
    long nowNs = loop.nowNs();
    return (int) allocations.values().stream().filter(each -> each.endNs > nowNs).count();
  }

  /** Forgets everything, as a killed process does, and answers nothing. */
  public void kill() {
    if (port != null) {
      port.close();
    }
    allocations.values().forEach(each -> each.relayed.close());
    allocations.clear();
  }

  public void restart() {
    port = open(address, this::onClientData);
    nonce++;
  }

  void changeNonce() {
    nonce++;
  }

  private Network.DatagramPort open(InetSocketAddress local, Datagrams datagrams) {
    try {
      return host.open(
          loop,
          local,
          new Network.DatagramReceiver() {
            @Override
            public void onDatagram(
                byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
              datagrams.take(Arrays.copyOfRange(buffer, offset, offset + length), from);
            }

            @Override
            public void onWritable(long nowNs) {}
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(byte[] message, InetSocketAddress to) {
    if (port != null) {
      port.send(message, 0, message.length, to);
    }
  }

  private void onClientData(byte[] data, InetSocketAddress from) {
    if ((data[0] & 0xC0) == 0x40) {
      relay(data, from);
      return;
    }
    RawServerMessage message = RawServerMessage.parse(data);
    if (message.type == 0x0016) {
      Allocation allocation = allocations.get(from);
      InetSocketAddress peer = message.address(RawServerMessage.XOR_PEER_ADDRESS);
      if (allocation != null && allocation.permissions.containsKey(peer.getAddress())) {
        forms.append('S');
        byte[] payload = message.value(RawServerMessage.DATA);
        allocation.relayed.send(payload, 0, payload.length, peer);
      }
    } else if ((message.type & 0x0110) == 0) {
      onRequest(message, from);
    }
  }

  private void relay(byte[] data, InetSocketAddress from) {
    Allocation allocation = allocations.get(from);
    int number = ByteBuffer.wrap(data).getShort();
    InetSocketAddress peer = allocation == null ? null : allocation.channels.get(number);
    if (allocation != null && peer != null && allocation.channelEnds.get(number) > loop.nowNs()) {
      forms.append('C');
      allocation.relayed.send(data, 4, ByteBuffer.wrap(data).getShort(2), peer);
    }
  }

  private String nonce() {
    String cookie = offersSha256 ? "obMatJos2gAAA" : "";
    return cookie + "nonce-" + nonce;
  }

  private void onRequest(RawServerMessage request, InetSocketAddress from) {
    requests.add(request.type);
    if (request.type == 0x001) {
      RawServerMessage mapped = new RawServerMessage(0x0101, request.id);
      mapped.address(RawServerMessage.XOR_MAPPED_ADDRESS, from);
      send(mapped.encode(null, false), from);
      return;
    }
    boolean sha256 = request.has(RawServerMessage.MESSAGE_INTEGRITY_SHA256);
    byte[] key = RawServerMessage.key(sha256 ? "SHA-256" : "MD5", USER, REALM, PASSWORD);
    if (asksForCredentials && !request.isSignedWith(key)) {
      challenge(request, from, 401, "Unauthorized");
    } else if (asksForCredentials
        && (changesNonceAlways || !request.text(RawServerMessage.NONCE).equals(nonce()))) {
      challenge(request, from, 438, "Stale Nonce");
    } else {
      RawServerMessage answer = answer(request, from);
      if (signsWrongly) {
        key = new byte[16];
      }
      send(answer.encode(asksForCredentials ? key : null, sha256), from);
    }
  }

  private void challenge(RawServerMessage request, InetSocketAddress to, int code, String reason) {
    RawServerMessage error =
        new RawServerMessage(request.type | 0x0110, request.id)
            .error(code, reason)
            .with(RawServerMessage.REALM, REALM)
            .with(RawServerMessage.NONCE, nonce());
    if (offersSha256 && !hidesAlgorithms) {
      error.with(RawServerMessage.PASSWORD_ALGORITHMS, new byte[] {0, 2, 0, 0, 0, 1, 0, 0});
    }
    send(error.encode(null, false), to);
  }

  private RawServerMessage answer(RawServerMessage request, InetSocketAddress from) {
    Allocation allocation = allocations.get(from);
    RawServerMessage success = new RawServerMessage(request.type | 0x0100, request.id);
    RawServerMessage error = new RawServerMessage(request.type | 0x0110, request.id);
    if (request.type == 0x003) {
      return allocate(request, from, success, error);
    }
    if (allocation == null) {
      return error.error(437, "Allocation Mismatch");
    }
    return switch (request.type) {
      case 0x004 -> refresh(request, allocation, success);
      case 0x008 -> {
        if (permissionError != 0) {
          yield error.error(permissionError, "Forbidden");
        }
        InetSocketAddress peer = request.address(RawServerMessage.XOR_PEER_ADDRESS);
        allocation.permissions.put(peer.getAddress(), loop.nowNs() + 300 * SECOND_NS);
        yield success;
      }
      case 0x009 -> {
        int number = request.number(RawServerMessage.CHANNEL_NUMBER, 0) >>> 16;
        InetSocketAddress peer = request.address(RawServerMessage.XOR_PEER_ADDRESS);
        allocation.channels.put(number, peer);
        allocation.channelEnds.put(number, loop.nowNs() + 600 * SECOND_NS);
        yield success;
      }
      default -> error.error(400, "Bad Request");
    };
  }

  private RawServerMessage allocate(
      RawServerMessage request,
      InetSocketAddress from,
      RawServerMessage success,
      RawServerMessage error) {
    InetSocketAddress other = alternate;
    if (other != null) {
      return error
          .error(300, "Try Alternate")
          .plainAddress(RawServerMessage.ALTERNATE_SERVER, other);
    }
    if (allocateError != 0) {
      return error.error(allocateError, "");
    }
    boolean ipv6 = request.value(RawServerMessage.REQUESTED_ADDRESS_FAMILY).length > 0;
    InetAddress relay = null;
    for (InetAddress each : host.localAddresses()) {
      if ((each.getAddress().length == 16) == ipv6) {
        relay = each;
      }
    }
    if (relay == null) {
      return error.error(440, "Address Family not Supported");
    }
    InetAddress chosen = relay;
    Allocation allocation =
        allocations.computeIfAbsent(from, client -> new Allocation(client, chosen));
    return success
        .address(RawServerMessage.XOR_RELAYED_ADDRESS, allocation.relayed.localAddress())
        .address(RawServerMessage.XOR_MAPPED_ADDRESS, from)
        .with(RawServerMessage.LIFETIME, lifetimeSeconds);
  }

  private RawServerMessage refresh(
      RawServerMessage request, Allocation allocation, RawServerMessage success) {
    int seconds = Math.min(lifetimeSeconds, request.number(RawServerMessage.LIFETIME, 600));
    allocation.endNs = loop.nowNs() + seconds * SECOND_NS;
    if (seconds == 0) {
      allocation.relayed.close();
      allocations.remove(allocation.client);
    }
    return success.with(RawServerMessage.LIFETIME, seconds);
  }
}
