package org.purertc.ice.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.internal.ServerMessage;
import org.purertc.ice.internal.ServerRequest;
import org.purertc.ice.internal.TransactionId;
import org.purertc.ice.io.Loop;

/**
 * The peers of one allocation: permissions by address, channels by address and port. Sends to a
 * peer in Send indications, and in ChannelData once application data went there and the server
 * bound a channel.
 */
final class TurnPeers {

  /** As many as ICE has remote candidates. */
  static final int MAX_PERMISSIONS = 100;

  /** Peers that data is sent to: the selected pair's, and those of a few restarts. */
  static final int MAX_CHANNELS = 16;

  /** RFC 7983: STUN has a first byte of 0 to 3. */
  private static final int LAST_STUN_FIRST_BYTE = 3;

  /** Who hears that a permission or a channel was refused, or not answered for. */
  interface Refusals {
    void onRefused(ServerError error, long nowNs);
  }

  private final ServerCodec codec;
  private final ServerPath path;
  private final StunClient client;
  private final RandomGenerator random;
  private final Refusals refusals;
  private final Map<InetAddress, TurnPermission> permissions = new HashMap<>();
  private final Map<InetSocketAddress, TurnChannel> channels = new HashMap<>();
  private @Nullable TurnChannel latest;
  private int nextNumber = TurnChannel.FIRST_NUMBER;
  private byte[] scratch = new byte[0];
  private long dueNs = Loop.NEVER;

  TurnPeers(
      ServerCodec codec,
      ServerPath path,
      StunClient client,
      RandomGenerator random,
      Refusals refusals) {
    this.codec = codec;
    this.path = path;
    this.client = client;
    this.random = random;
    this.refusals = refusals;
  }

  boolean send(InetSocketAddress peer, byte[] buffer, int offset, int length, long nowNs) {
    TurnChannel channel = channel(peer);
    if (channel != null) {
      channel.lastUsedNs = nowNs;
    }
    TurnPermission permission = permission(peer, nowNs);
    if (permission == null || permission.state == TurnPermission.State.REFUSED) {
      return true;
    }
    permission.lastUsedNs = nowNs;
    if (permission.state == TurnPermission.State.ASKED) {
      permission.hold(peer, buffer, offset, length);
      return true;
    }
    if (channel != null && channel.bound) {
      return sendChannelData(channel.number, buffer, offset, length);
    }
    if (channel == null && length > 0 && (buffer[offset] & 0xff) > LAST_STUN_FIRST_BYTE) {
      bind(peer, nowNs);
    }
    return sendIndication(peer, buffer, offset, length);
  }

  private @Nullable TurnChannel channel(InetSocketAddress peer) {
    TurnChannel known = latest;
    if (known == null || !known.peer.equals(peer)) {
      known = channels.get(peer);
      latest = known;
    }
    return known;
  }

  /** That of the peer's address, asked for when there is none; null when there are too many. */
  private @Nullable TurnPermission permission(InetSocketAddress peer, long nowNs) {
    TurnPermission known = permissions.get(peer.getAddress());
    if (known != null || permissions.size() >= MAX_PERMISSIONS) {
      return known;
    }
    TurnPermission asked = new TurnPermission();
    permissions.put(peer.getAddress(), asked);
    client.send(ServerRequest.createPermission(peer), new PermissionAnswer(peer, asked), nowNs);
    return asked;
  }

  private void bind(InetSocketAddress peer, long nowNs) {
    if (channels.size() >= MAX_CHANNELS || nextNumber > TurnChannel.LAST_NUMBER) {
      return; // Send indications serve as well, with more overhead
    }
    // RFC 8656 section 12: a number is not used again for another peer for some time; we have
    // enough of them to use none twice.
    TurnChannel channel = new TurnChannel(nextNumber++, peer);
    channel.lastUsedNs = nowNs;
    channels.put(peer, channel);
    latest = channel;
    askForChannel(channel, nowNs);
  }

  private void askForChannel(TurnChannel channel, long nowNs) {
    client.send(
        ServerRequest.channelBind(channel.number, channel.peer), new ChannelAnswer(channel), nowNs);
  }

  private boolean sendIndication(InetSocketAddress peer, byte[] buffer, int offset, int length) {
    byte[] message = codec.encodeSend(TransactionId.random(random), peer, buffer, offset, length);
    return path.send(message, 0, message.length);
  }

  /** RFC 8656 section 12.4. */
  private boolean sendChannelData(int number, byte[] buffer, int offset, int length) {
    // RFC 8656 section 12.5: over a stream the message is padded to a multiple of four bytes,
    // which its length field does not count.
    int padded = path.isReliable() ? length + 3 & ~3 : length;
    int total = TurnChannel.HEADER_BYTES + padded;
    if (scratch.length < total) {
      scratch = new byte[Math.max(total, 1500)];
    }
    scratch[0] = (byte) (number >> 8);
    scratch[1] = (byte) number;
    scratch[2] = (byte) (length >> 8);
    scratch[3] = (byte) length;
    System.arraycopy(buffer, offset, scratch, TurnChannel.HEADER_BYTES, length);
    return path.send(scratch, 0, total);
  }

  /** The peer behind a channel that we asked for, or null. */
  @Nullable InetSocketAddress peerOf(int number) {
    TurnChannel known = latest;
    if (known != null && known.number == number) {
      return known.peer;
    }
    for (TurnChannel channel : channels.values()) {
      if (channel.number == number) {
        return channel.peer;
      }
    }
    return null;
  }

  /** Whether datagrams of this address were asked for. */
  boolean permits(InetAddress address) {
    return permissions.containsKey(address);
  }

  long nextDeadlineNs() {
    return dueNs;
  }

  void onDeadline(long nowNs) {
    if (nowNs < dueNs) {
      return;
    }
    for (Iterator<Map.Entry<InetAddress, TurnPermission>> each = permissions.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<InetAddress, TurnPermission> entry = each.next();
      if (!isRenewed(entry.getKey(), entry.getValue(), nowNs)) {
        each.remove();
      }
    }
    channels.values().removeIf(channel -> !isRenewed(channel, nowNs));
    latest = null;
    findDue();
  }

  private boolean isRenewed(InetAddress address, TurnPermission permission, long nowNs) {
    if (permission.state == TurnPermission.State.ASKED || nowNs < permission.dueNs) {
      return true;
    }
    if (permission.state == TurnPermission.State.REFUSED || !permission.isUsed(nowNs)) {
      return false;
    }
    permission.dueNs = nowNs + TurnPermission.MARGIN_NS;
    // RFC 8656 section 9: a permission has no port; the attribute has one, which is ignored.
    InetSocketAddress peer = new InetSocketAddress(address, 1);
    client.send(
        ServerRequest.createPermission(peer), new PermissionAnswer(peer, permission), nowNs);
    return true;
  }

  private boolean isRenewed(TurnChannel channel, long nowNs) {
    if (!channel.bound || nowNs < channel.dueNs) {
      return true;
    }
    if (!channel.isUsed(nowNs)) {
      return false;
    }
    channel.dueNs = nowNs + TurnChannel.MARGIN_NS;
    askForChannel(channel, nowNs);
    return true;
  }

  private void findDue() {
    long next = Loop.NEVER;
    for (TurnPermission permission : permissions.values()) {
      if (permission.state != TurnPermission.State.ASKED) {
        next = Math.min(next, permission.dueNs);
      }
    }
    for (TurnChannel channel : channels.values()) {
      if (channel.bound) {
        next = Math.min(next, channel.dueNs);
      }
    }
    dueNs = next;
  }

  void clear() {
    permissions.clear();
    channels.clear();
    latest = null;
    dueNs = Loop.NEVER;
  }

  private final class PermissionAnswer implements StunClient.Outcome {
    private final InetSocketAddress peer;
    private final TurnPermission permission;

    PermissionAnswer(InetSocketAddress peer, TurnPermission permission) {
      this.peer = peer;
      this.permission = permission;
    }

    @Override
    public void onSuccess(ServerMessage response, long nowNs) {
      for (TurnPermission.Held held : permission.installed(nowNs)) {
        sendIndication(held.peer(), held.bytes(), 0, held.bytes().length);
      }
      findDue();
    }

    @Override
    public void onError(ServerError error, @Nullable ServerMessage response, long nowNs) {
      if (response == null) {
        permissions.remove(peer.getAddress()); // the next datagram asks again
      } else {
        permission.refused(nowNs);
      }
      findDue();
      refusals.onRefused(error, nowNs);
    }
  }

  private final class ChannelAnswer implements StunClient.Outcome {
    private final TurnChannel channel;

    ChannelAnswer(TurnChannel channel) {
      this.channel = channel;
    }

    @Override
    public void onSuccess(ServerMessage response, long nowNs) {
      channel.bound(nowNs);
      findDue();
    }

    @Override
    public void onError(ServerError error, @Nullable ServerMessage response, long nowNs) {
      if (response == null) {
        channels.remove(channel.peer); // the next datagram asks again
        latest = null;
      } else {
        channel.bound = false; // refused: indications serve
      }
      findDue();
      refusals.onRefused(error, nowNs);
    }
  }
}
