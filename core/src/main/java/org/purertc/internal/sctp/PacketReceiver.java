package org.purertc.internal.sctp;

import java.util.List;
import java.util.stream.Collectors;
import org.purertc.internal.sctp.packet.AbortChunk;
import org.purertc.internal.sctp.packet.Checksum;
import org.purertc.internal.sctp.packet.Chunk;
import org.purertc.internal.sctp.packet.CookieAckChunk;
import org.purertc.internal.sctp.packet.CookieEchoChunk;
import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.sctp.packet.ErrorCause;
import org.purertc.internal.sctp.packet.ErrorChunk;
import org.purertc.internal.sctp.packet.ForwardTsnChunk;
import org.purertc.internal.sctp.packet.HeartbeatAckChunk;
import org.purertc.internal.sctp.packet.HeartbeatChunk;
import org.purertc.internal.sctp.packet.InitAckChunk;
import org.purertc.internal.sctp.packet.InitChunk;
import org.purertc.internal.sctp.packet.PacketReader;
import org.purertc.internal.sctp.packet.ReConfigChunk;
import org.purertc.internal.sctp.packet.SackChunk;
import org.purertc.internal.sctp.packet.ShutdownAckChunk;
import org.purertc.internal.sctp.packet.ShutdownChunk;
import org.purertc.internal.sctp.packet.ShutdownCompleteChunk;
import org.purertc.internal.sctp.packet.UnknownChunk;
import org.purertc.internal.util.MalformedPacketException;

/** Takes a packet apart and gives each chunk to where its state allows it. */
final class PacketReceiver {
  private final Endpoint endpoint;
  private final Handshake handshake;
  private final ShutdownSequence shutdown;
  private boolean stopped;
  private boolean hasData;

  PacketReceiver(Endpoint endpoint, Handshake handshake, ShutdownSequence shutdown) {
    this.endpoint = endpoint;
    this.handshake = handshake;
    this.shutdown = shutdown;
  }

  /**
   * Chunks before a malformed one count, RFC 9260 section 6.10.
   *
   * @throws MalformedPacketException when the packet or a chunk of it is dropped
   */
  void receive(byte[] buffer, int offset, int length, long nowNs) throws MalformedPacketException {
    PacketReader packet = new PacketReader(buffer, offset, length, Checksum.CRC32C);
    if (packet.sourcePort() != endpoint.config().remotePort()
        || packet.destinationPort() != endpoint.config().localPort()) {
      throw new MalformedPacketException("packet between other ports");
    }
    stopped = false;
    hasData = false;
    try {
      while (!stopped && packet.hasNext()) {
        receive(packet.next(), packet.verificationTag(), nowNs);
      }
    } finally {
      endPacket(nowNs);
    }
  }

  private void endPacket(long nowNs) {
    TransmissionControlBlock block = endpoint.block();
    if (block != null) {
      block.tracker().onPacketEnd(nowNs);
      if (hasData) {
        shutdown.onPacketWithData(block, nowNs);
      }
      endpoint.abortOnViolation();
      shutdown.proceed(nowNs);
    }
  }

  /** Chunks that have a rule of their own for the verification tag, RFC 9260 section 8.5.1. */
  private void receive(Chunk chunk, long tag, long nowNs) throws MalformedPacketException {
    if (chunk instanceof InitChunk init) {
      requireTag(tag == 0);
      handshake.onInit(init, nowNs);
    } else if (chunk instanceof CookieEchoChunk echo) {
      handshake.onCookieEcho(echo, tag, nowNs);
    } else if (chunk instanceof AbortChunk abort) {
      requireTag(isTagOf(tag, abort.tagReflected()));
      onAbort(abort);
    } else if (chunk instanceof ShutdownCompleteChunk complete) {
      requireTag(isTagOf(tag, complete.tagReflected()));
      shutdown.onShutdownComplete();
    } else if (chunk instanceof ShutdownAckChunk && !isEstablished()) {
      onStrayShutdownAck(tag);
    } else if (endpoint.state() instanceof State.CookieWait wait) {
      requireTag(tag == wait.init().initiateTag());
      if (chunk instanceof InitAckChunk ack) {
        handshake.onInitAck(ack, nowNs);
      }
    } else {
      TransmissionControlBlock block = endpoint.block();
      requireTag(block != null && tag == block.local().tag());
      if (block != null) {
        receive(chunk, block, nowNs);
      }
    }
  }

  private void requireTag(boolean matches) throws MalformedPacketException {
    if (!matches) {
      stopped = true;
      throw new MalformedPacketException("wrong verification tag");
    }
  }

  /** RFC 9260 8.5.1 B and C: our tag, or with the T bit the one that we send. */
  private boolean isTagOf(long tag, boolean reflected) {
    TransmissionControlBlock block = endpoint.block();
    if (block != null) {
      return tag == (reflected ? block.remote().tag() : block.local().tag());
    }
    return endpoint.state() instanceof State.CookieWait wait
        && !reflected
        && tag == wait.init().initiateTag();
  }

  private boolean isEstablished() {
    return endpoint.block() != null && !(endpoint.state() instanceof State.CookieEchoed);
  }

  private void onStrayShutdownAck(long tag) {
    boolean lostComplete = endpoint.state() instanceof State.Ended ended && ended.orderly();
    boolean isStarting =
        endpoint.state() instanceof State.CookieWait
            || endpoint.state() instanceof State.CookieEchoed;
    stopped = true;
    if (lostComplete || isStarting) {
      shutdown.onStrayShutdownAck(tag);
    }
  }

  private void receive(Chunk chunk, TransmissionControlBlock block, long nowNs) {
    if (chunk instanceof CookieAckChunk || impliesCookieAck(chunk)) {
      handshake.onCookieAck(nowNs);
    }
    if (chunk instanceof ErrorChunk error) {
      onError(error, nowNs);
    } else if (chunk instanceof UnknownChunk unknown) {
      onUnknown(unknown);
    } else if (isEstablished()) {
      receiveEstablished(chunk, block, nowNs);
    }
  }

  /** Only an established peer sends these with our tag, so its COOKIE ACK was lost. */
  private static boolean impliesCookieAck(Chunk chunk) {
    return chunk instanceof DataChunk
        || chunk instanceof SackChunk
        || chunk instanceof HeartbeatChunk;
  }

  private void receiveEstablished(Chunk chunk, TransmissionControlBlock block, long nowNs) {
    if (chunk instanceof DataChunk data) {
      onData(data, block);
    } else if (chunk instanceof SackChunk sack) {
      if (block.sender().onSack(sack, nowNs)) {
        block.onProgress(nowNs);
        endpoint.streamReset().onProgress();
      }
    } else if (chunk instanceof ForwardTsnChunk forward) {
      if (receivesData()) {
        block.reassembly().handleForwardTsn(forward);
      }
    } else if (chunk instanceof HeartbeatChunk heartbeat) {
      endpoint.outbox().add(new HeartbeatAckChunk(heartbeat.information()));
    } else if (chunk instanceof HeartbeatAckChunk ack) {
      if (endpoint.heartbeat().onAck(ack, nowNs)) {
        block.onProgress(nowNs);
      }
    } else if (chunk instanceof ReConfigChunk reConfig) {
      endpoint.streamReset().onReConfig(reConfig, block, nowNs);
    } else if (chunk instanceof ShutdownChunk down) {
      shutdown.onShutdown(down, block, nowNs);
    } else if (chunk instanceof ShutdownAckChunk) {
      shutdown.onShutdownAck(block);
    }
  }

  /** RFC 9260 section 6: DATA counts in these states and is discarded in all others. */
  private boolean receivesData() {
    return endpoint.state() instanceof State.Established
        || endpoint.state() instanceof State.ShutdownPending
        || endpoint.state() instanceof State.ShutdownSent;
  }

  private void onData(DataChunk data, TransmissionControlBlock block) {
    if (!receivesData()) {
      return;
    }
    if (data.streamId() >= endpoint.inboundStreams() && data.payloadLength() > 0) {
      // RFC 9260 6.5: acknowledged, dropped, and reported.
      block.tracker().observe(block.tracker().unwrap(data.tsn()));
      ErrorCause cause = ErrorCause.invalidStreamIdentifier(data.streamId());
      endpoint.outbox().add(new ErrorChunk(List.of(cause)));
    } else {
      block.reassembly().add(data);
    }
    hasData = true;
  }

  private void onAbort(AbortChunk abort) {
    String causes =
        abort.causes().stream().map(ErrorCause::describe).collect(Collectors.joining(", "));
    endpoint.end(false, "the peer aborted" + (causes.isEmpty() ? "" : ": " + causes));
    endpoint.outbox().clear();
  }

  private void onError(ErrorChunk error, long nowNs) {
    for (ErrorCause cause : error.causes()) {
      if (cause.code() == ErrorCause.STALE_COOKIE) {
        handshake.onStaleCookie(cause, nowNs);
      }
    }
  }

  private void onUnknown(UnknownChunk unknown) {
    stopped = unknown.stopsPacket();
    if (unknown.isReported() && isEstablished()) {
      ErrorCause cause = ErrorCause.unrecognizedChunk(unknown);
      endpoint.outbox().add(new ErrorChunk(List.of(cause)));
    }
  }
}
