package org.purertc.internal.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.internal.datachannel.ChannelListener;
import org.purertc.internal.datachannel.ChannelParameters;
import org.purertc.internal.datachannel.DataChannel;
import org.purertc.internal.datachannel.DataChannels;
import org.purertc.internal.datachannel.DataTransport;
import org.purertc.internal.jsep.NegotiatedData;
import org.purertc.internal.sctp.SctpAssociation;
import org.purertc.internal.sctp.SctpConfig;
import org.purertc.internal.sctp.SctpListener;
import org.purertc.internal.sctp.SendOptions;

/** The data channels of one peer and the SCTP association below them. Loop thread only. */
final class DataSession {

  /** Who hears of channels and of the association. */
  interface Owner {
    /** Something is to be sent, or a deadline moved. */
    void touch();

    ChannelListener onIncomingChannel(ChannelParameters parameters, int id, ChannelPort port);

    /** Before the channels hear of it; the reason is empty unless an error closed it. */
    void onSctpState(SctpState state, String reason);

    /** The remote did not acknowledge in time what was sent. */
    void onUnacknowledged();

    /** The association ended by itself. */
    void onEnded(boolean orderly, String reason);
  }

  private final PeerEnvironment environment;
  private final Owner owner;
  private final Loop loop;
  private DataChannels channels;
  private @Nullable SctpAssociation association;
  private boolean ended;

  /** What the user has not read yet of this association, and of those before it. */
  private long unreadBytes;

  private long staleBytes;

  DataSession(PeerEnvironment environment, Owner owner) {
    this.environment = environment;
    this.owner = owner;
    loop = environment.loop().loop();
    channels = new DataChannels(new StreamSide(), new ChannelSide());
  }

  ChannelPort create(ChannelParameters parameters, ChannelListener listener) {
    DataChannel channel = channels.create(parameters, listener);
    owner.touch();
    return new Port(channel);
  }

  /** DTLS carries us from now on. */
  void connect(NegotiatedData remote, boolean dtlsClient, long roundTripNs, long nowNs) {
    SctpConfig defaults = SctpConfig.DEFAULT;
    SctpConfig config =
        new SctpConfig(
            defaults.localPort(),
            remote.sctpPort(),
            defaults.maxReceiveMessageBytes(),
            defaults.receiveWindowBytes(),
            defaults.outboundStreams(),
            defaults.inboundStreams());
    SctpAssociation created =
        new SctpAssociation(config, environment.random(), new AssociationSide());
    association = created;
    if (roundTripNs >= 0) {
      created.initialRoundTrip(roundTripNs);
    }
    channels.onDtlsRole(dtlsClient);
    owner.onSctpState(SctpState.CONNECTING, "");
    created.connect(nowNs);
    owner.touch();
  }

  void receive(byte[] buffer, int offset, int length, long nowNs) {
    if (association != null) {
      association.receive(buffer, offset, length, nowNs);
      owner.touch();
    }
  }

  /** Those that are not closed. */
  List<DataChannel> channels() {
    return channels.all();
  }

  long openedChannels() {
    return channels.openedChannels();
  }

  long closedChannels() {
    return channels.closedChannels();
  }

  /** The next packet to send, 0 when there is none. */
  int produce(byte[] packet, long nowNs) {
    return association == null
        ? 0
        : association.produce(packet, 0, PeerSession.MAX_SCTP_PACKET_BYTES, nowNs);
  }

  long nextDeadlineNs() {
    return association == null ? Loop.NEVER : association.nextDeadlineNs();
  }

  void onDeadline(long nowNs) {
    if (association != null && association.nextDeadlineNs() <= nowNs) {
      association.onDeadline(nowNs);
    }
  }

  /** The user has read these bytes: the receive window opens. */
  void consumed(int bytes) {
    int stale = (int) Math.min(staleBytes, bytes);
    staleBytes -= stale;
    unreadBytes -= bytes - stale;
    if (association != null && bytes > stale) {
      association.consumed(bytes - stale, loop.nowNs());
      owner.touch();
    }
  }

  void pathChanged(long nowNs) {
    if (association != null) {
      association.pathChanged(nowNs);
      owner.touch();
    }
  }

  void pathConfirmed(long nowNs) {
    if (association != null) {
      association.pathConfirmed(nowNs);
      owner.touch();
    }
  }

  void pathDown(long nowNs) {
    if (association != null) {
      association.pathDown(nowNs);
    }
  }

  void pathUp(long nowNs) {
    if (association != null) {
      association.pathUp(nowNs);
      owner.touch();
    }
  }

  /**
   * Sends what is queued, then ends the association.
   *
   * @return false when there is none to end
   */
  boolean shutdown(long nowNs) {
    if (association == null || !association.isConnected()) {
      return false;
    }
    association.shutdown(nowNs);
    owner.touch();
    return true;
  }

  /** The next packet tells the remote that we are gone; no event comes after it. */
  void abort(long nowNs) {
    if (association != null && !ended) {
      association.abort("the peer connection was closed", nowNs);
    }
  }

  /** No path carries us any more: every channel closes. */
  void lose(String reason) {
    end(false, reason);
  }

  /**
   * Another DTLS association begins. That of SCTP ends with the one below it, RFC 8841 section 9.1:
   * its channels close, and those that are created from now on belong to the next. Without a word:
   * the remote ends its side by itself, or it is not the one that we hear next.
   */
  void renew(String reason) {
    if (association == null && !ended) {
      return; // nothing was connected: the channels wait for the association that comes
    }
    end(false, reason);
    staleBytes += unreadBytes;
    unreadBytes = 0;
    channels = channels.successor();
    association = null;
    ended = false;
  }

  private void end(boolean orderly, String reason) {
    if (!ended) {
      ended = true; // the association stays: its SHUTDOWN COMPLETE or ABORT is still to be sent
      owner.onSctpState(SctpState.CLOSED, orderly ? "" : reason);
      channels.onAssociationClosed(orderly, reason);
      owner.onEnded(orderly, reason);
    }
  }

  /** A channel as the API sends on it. */
  private final class Port implements ChannelPort {
    private final DataChannel channel;

    Port(DataChannel channel) {
      this.channel = channel;
    }

    @Override
    public boolean send(boolean isText, byte[] message) {
      owner.touch();
      return channel.send(isText, message);
    }

    @Override
    public void close() {
      owner.touch();
      channel.close();
    }
  }

  /** What data channels ask of the association. */
  private final class StreamSide implements DataTransport {

    @Override
    public boolean send(
        int streamId,
        long ppid,
        byte[] message,
        boolean unordered,
        int maxRetransmits,
        long lifetimeNs) {
      SctpAssociation current = association;
      if (current == null) {
        return false;
      }
      SendOptions options =
          unordered || maxRetransmits >= 0 || lifetimeNs >= 0
              ? new SendOptions(unordered, maxRetransmits, lifetimeNs)
              : SendOptions.RELIABLE;
      return current.send(streamId, ppid, message, options, loop.nowNs())
          == SctpAssociation.SendResult.QUEUED;
    }

    @Override
    public void resetStreams(int[] streamIds) {
      if (association != null) {
        association.resetStreams(streamIds, loop.nowNs());
      }
    }
  }

  /** What data channels tell. */
  private final class ChannelSide implements DataChannels.Listener {

    @Override
    public ChannelListener onIncoming(DataChannel channel) {
      return owner.onIncomingChannel(channel.parameters(), channel.id(), new Port(channel));
    }

    @Override
    public void onSwallowed(int bytes) {
      consumed(bytes);
    }
  }

  /** What the association tells. */
  private final class AssociationSide implements SctpListener {

    @Override
    public void onConnected(int outboundStreams, int inboundStreams) {
      owner.onSctpState(SctpState.CONNECTED, "");
      channels.onConnected(outboundStreams, inboundStreams);
    }

    @Override
    public void onMessage(int streamId, long ppid, byte[] message) {
      unreadBytes += message.length;
      channels.onMessage(streamId, ppid, message);
    }

    @Override
    public void onSent(int streamId, int bytes) {
      channels.onSent(streamId, bytes);
    }

    @Override
    public void onIncomingStreamsReset(int[] streamIds) {
      channels.onIncomingStreamsReset(streamIds);
    }

    @Override
    public void onOutgoingStreamsReset(int[] streamIds, boolean performed) {
      channels.onOutgoingStreamsReset(streamIds, performed);
    }

    /** The remote forgot our channels, and nothing in WebRTC brings them back. */
    @Override
    public void onRestarted() {
      end(false, "the remote peer restarted its association");
    }

    @Override
    public void onOutboundStreams(int outboundStreams) {
      channels.onOutboundStreams(outboundStreams);
    }

    @Override
    public void onUnacknowledged() {
      owner.onUnacknowledged();
    }

    @Override
    public void onClosed(boolean orderly, String reason) {
      end(orderly, reason);
    }
  }
}
