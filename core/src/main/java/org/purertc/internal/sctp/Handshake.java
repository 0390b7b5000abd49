package org.purertc.internal.sctp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.packet.AbortChunk;
import org.purertc.internal.sctp.packet.ChunkType;
import org.purertc.internal.sctp.packet.CookieAckChunk;
import org.purertc.internal.sctp.packet.CookieEchoChunk;
import org.purertc.internal.sctp.packet.ErrorCause;
import org.purertc.internal.sctp.packet.ErrorChunk;
import org.purertc.internal.sctp.packet.InitAckChunk;
import org.purertc.internal.sctp.packet.InitChunk;
import org.purertc.internal.sctp.packet.Parameter;
import org.purertc.internal.sctp.packet.Parameters;
import org.purertc.internal.sctp.packet.ShutdownAckChunk;
import org.purertc.internal.sctp.tx.RetransmissionQueue;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** INIT, INIT ACK, COOKIE ECHO, COOKIE ACK in whatever order they come, RFC 9260 section 5. */
final class Handshake {
  /** RFC 9260 section 16, Max.Init.Retransmits. */
  static final int MAX_INIT_RETRANSMITS = 8;

  /** RFC 9260 5.2.6: so often a new INIT asks for a cookie that lives longer. */
  private static final int MAX_STALE_COOKIES = 3;

  private static final long NS_PER_MICROSECOND = 1_000;
  private static final long NS_PER_MILLISECOND = 1_000_000;

  private final Endpoint endpoint;
  private final CookieFactory cookies;
  private @Nullable LocalEndpoint local;
  private int staleCookies;

  /** DATA that went along with a COOKIE ECHO whose cookie was stale; its TSNs remain valid. */
  private @Nullable RetransmissionQueue keptSender;

  Handshake(Endpoint endpoint) {
    this.endpoint = endpoint;
    cookies = new CookieFactory(endpoint.random());
  }

  /** Sends INIT, section 5.1 A. */
  void connect(long nowNs) {
    if (endpoint.state() instanceof State.Closed) {
      LocalEndpoint own = LocalEndpoint.random(endpoint.random());
      local = own;
      sendInit(init(own, List.of()), nowNs);
    }
  }

  private void sendInit(InitChunk init, long nowNs) {
    RetransmissionTimer t1Init = new RetransmissionTimer(MAX_INIT_RETRANSMITS);
    t1Init.start(nowNs, endpoint.rto().rtoNs());
    endpoint.become(new State.CookieWait(init, t1Init, nowNs));
    endpoint.outbox().addStandalone(0, init);
  }

  private InitChunk init(LocalEndpoint own, List<Parameter> more) {
    return new InitChunk(
        own.tag(),
        endpoint.config().receiveWindowBytes(),
        endpoint.config().outboundStreams(),
        endpoint.config().inboundStreams(),
        own.initialTsn(),
        parameters(more));
  }

  private static Parameters parameters(List<Parameter> more) {
    List<Parameter> all = new ArrayList<>(more);
    all.add(Parameter.forwardTsnSupported());
    all.add(Parameter.supportedExtensions(ChunkType.RE_CONFIG, ChunkType.FORWARD_TSN));
    return new Parameters(all);
  }

  /** An INIT came, sections 5.1 B, 5.2.1 and 5.2.2. It costs nothing that stays. */
  void onInit(InitChunk init, long nowNs) {
    State state = endpoint.state();
    // RFC 9260 3.3.2: an INIT with tag 0 is silently discarded.
    if (init.initiateTag() == 0 || state instanceof State.Ended) {
      return;
    }
    if (state instanceof State.ShutdownAckSent) {
      // RFC 9260 9.2: it is discarded, and SHUTDOWN ACK is sent again.
      endpoint.outbox().add(new ShutdownAckChunk());
      return;
    }
    if (init.outboundStreams() == 0 || init.inboundStreams() == 0) {
      ErrorCause cause = new ErrorCause(ErrorCause.INVALID_MANDATORY_PARAMETER, new byte[0]);
      endpoint.outbox().addStandalone(init.initiateTag(), new AbortChunk(false, List.of(cause)));
      return;
    }
    endpoint.outbox().addStandalone(init.initiateTag(), initAck(init, nowNs));
  }

  private InitAckChunk initAck(InitChunk init, long nowNs) {
    TransmissionControlBlock block = endpoint.block();
    LocalEndpoint own = local;
    // RFC 9260 5.2.1: while our own INIT is on its way, we offer its tag and TSN again; 5.2.2:
    // later
    // new ones, so that the cookie tells a restart.
    boolean isStarting =
        endpoint.state() instanceof State.CookieWait
            || endpoint.state() instanceof State.CookieEchoed;
    LocalEndpoint offered =
        own != null && isStarting ? own : LocalEndpoint.random(endpoint.random());
    StateCookie cookie =
        new StateCookie(
            nowNs,
            offered,
            RemoteEndpoint.of(init),
            block == null ? 0 : block.local().tag(),
            block == null ? 0 : block.remote().tag());
    List<Parameter> more = new ArrayList<>();
    more.add(Parameter.stateCookie(cookies.sign(cookie)));
    for (Parameter unknown : init.parameters().toReport()) {
      more.add(Parameter.unrecognized(unknown));
    }
    return new InitAckChunk(
        offered.tag(),
        endpoint.config().receiveWindowBytes(),
        endpoint.config().outboundStreams(),
        endpoint.config().inboundStreams(),
        offered.initialTsn(),
        parameters(more));
  }

  /** The answer to our INIT, section 5.1 C; in any other state it says nothing (5.2.3). */
  void onInitAck(InitAckChunk ack, long nowNs) {
    LocalEndpoint own = local;
    if (!(endpoint.state() instanceof State.CookieWait wait) || own == null) {
      return;
    }
    byte[] cookie = ack.parameters().stateCookie();
    if (ack.initiateTag() == 0
        || ack.outboundStreams() == 0
        || ack.inboundStreams() == 0
        || cookie == null) {
      refuse(ack, cookie == null);
      return;
    }
    if (wait.t1Init().isFirstTransmission()) {
      endpoint.rto().onMeasured(nowNs - wait.sentNs());
    }
    RemoteEndpoint remote = RemoteEndpoint.of(ack);
    RetransmissionQueue kept = keptSender;
    TransmissionControlBlock block =
        kept == null ? endpoint.newBlock(own, remote) : endpoint.newBlock(own, remote, kept);
    CookieEchoChunk echo = new CookieEchoChunk(cookie);
    RetransmissionTimer t1Cookie = new RetransmissionTimer(MAX_INIT_RETRANSMITS);
    t1Cookie.start(nowNs, endpoint.rto().rtoNs());
    endpoint.become(new State.CookieEchoed(block, echo, t1Cookie));
    reportUnrecognized(ack);
    endpoint.outbox().addFirst(echo);
  }

  /** RFC 9260 3.3.3: what makes no association is answered with an ABORT. */
  private void refuse(InitAckChunk ack, boolean noCookie) {
    ErrorCause cause =
        noCookie
            ? ErrorCause.missingMandatoryParameter(Parameter.STATE_COOKIE)
            : new ErrorCause(ErrorCause.INVALID_MANDATORY_PARAMETER, new byte[0]);
    endpoint.end(false, "the peer's INIT ACK is not usable: " + cause.describe());
    endpoint.outbox().clear();
    endpoint.outbox().addStandalone(ack.initiateTag(), new AbortChunk(false, List.of(cause)));
  }

  private void reportUnrecognized(InitAckChunk ack) {
    List<ErrorCause> causes = new ArrayList<>();
    for (Parameter unknown : ack.parameters().toReport()) {
      causes.add(ErrorCause.unrecognizedParameter(unknown));
    }
    if (!causes.isEmpty()) {
      endpoint.outbox().add(new ErrorChunk(causes));
    }
  }

  /**
   * RFC 9260 sections 5.1.5 and 5.2.4.
   *
   * @param tag the packet's verification tag
   */
  void onCookieEcho(CookieEchoChunk echo, long tag, long nowNs) throws MalformedPacketException {
    StateCookie cookie = cookies.verify(echo.cookie());
    if (cookie.local().tag() != tag || endpoint.state() instanceof State.Ended) {
      return;
    }
    TransmissionControlBlock block = endpoint.block();
    LocalEndpoint own = block == null ? local : block.local();
    CookieVerdict verdict = CookieVerdict.of(cookie, own, block == null ? 0 : block.remote().tag());
    long ageNs = nowNs - cookie.createdNs();
    if (ageNs > CookieFactory.LIFETIME_NS && verdict != CookieVerdict.SAME) {
      long staleUs = (ageNs - CookieFactory.LIFETIME_NS) / NS_PER_MICROSECOND;
      ErrorChunk error = new ErrorChunk(List.of(ErrorCause.staleCookie(staleUs)));
      endpoint.outbox().addStandalone(cookie.remote().tag(), error);
      return;
    }
    switch (verdict) {
      case NEW -> begin(endpoint.newBlock(cookie.local(), cookie.remote()), nowNs);
      case SAME -> repeat(nowNs);
      case COLLISION -> collide(cookie, nowNs);
      case RESTART -> restart(cookie, nowNs);
      case LATE -> {}
    }
  }

  private void begin(TransmissionControlBlock block, long nowNs) {
    local = block.local();
    endpoint.outbox().clearBundled();
    endpoint.establish(block, nowNs);
    endpoint.outbox().addFirst(new CookieAckChunk());
    endpoint.events().connected(endpoint.outboundStreams(), endpoint.inboundStreams());
  }

  private void repeat(long nowNs) {
    if (endpoint.state() instanceof State.CookieEchoed echoed) {
      begin(echoed.block(), nowNs);
    } else {
      endpoint.outbox().addFirst(new CookieAckChunk());
    }
  }

  private void collide(StateCookie cookie, long nowNs) {
    RetransmissionQueue kept = keptSender;
    if (endpoint.state() instanceof State.CookieWait) {
      begin(
          kept == null
              ? endpoint.newBlock(cookie.local(), cookie.remote())
              : endpoint.newBlock(cookie.local(), cookie.remote(), kept),
          nowNs);
    } else if (endpoint.state() instanceof State.CookieEchoed echoed) {
      // What went along with our COOKIE ECHO has TSNs that the other peer expects as well.
      begin(endpoint.newBlock(cookie.local(), cookie.remote(), echoed.block().sender()), nowNs);
    } else {
      restart(cookie, nowNs);
    }
  }

  private void restart(StateCookie cookie, long nowNs) {
    TransmissionControlBlock old = endpoint.block();
    if (old == null) {
      return;
    }
    if (endpoint.state() instanceof State.ShutdownAckSent) {
      // RFC 9260 5.2.4 A: no new association while this one ends.
      ErrorCause cause = ErrorCause.cookieWhileShuttingDown();
      endpoint.outbox().add(new ShutdownAckChunk());
      endpoint.outbox().add(new ErrorChunk(List.of(cause)));
      return;
    }
    local = cookie.local();
    endpoint.outbox().clearBundled();
    endpoint.establish(endpoint.restartedBlock(old, cookie.local(), cookie.remote()), nowNs);
    endpoint.outbox().addFirst(new CookieAckChunk());
    endpoint.events().restarted();
  }

  /** Section 5.1 E. */
  void onCookieAck(long nowNs) {
    if (endpoint.state() instanceof State.CookieEchoed echoed) {
      endpoint.outbox().clearBundled();
      endpoint.establish(echoed.block(), nowNs);
      endpoint.events().connected(endpoint.outboundStreams(), endpoint.inboundStreams());
    }
  }

  /** RFC 9260 section 5.2.6: the cookie was too old, so a new INIT asks for a longer life. */
  void onStaleCookie(ErrorCause cause, long nowNs) {
    LocalEndpoint own = local;
    if (!(endpoint.state() instanceof State.CookieEchoed echoed) || own == null) {
      return;
    }
    if (++staleCookies > MAX_STALE_COOKIES) {
      endpoint.end(false, "the peer finds each of its cookies stale");
      return;
    }
    byte[] preservative = new byte[4];
    new ByteWriter(preservative, 0).u32(2 * staleMilliseconds(cause));
    endpoint.outbox().clearBundled();
    keptSender = echoed.block().sender();
    sendInit(init(own, List.of(new Parameter(Parameter.COOKIE_PRESERVATIVE, preservative))), nowNs);
  }

  private static long staleMilliseconds(ErrorCause cause) {
    try {
      return new ByteReader(cause.value()).u32() * NS_PER_MICROSECOND / NS_PER_MILLISECOND;
    } catch (MalformedPacketException e) {
      return CookieFactory.LIFETIME_NS / NS_PER_MILLISECOND;
    }
  }

  /** T1-init or T1-cookie: the chunk goes out again, or the peer is given up. */
  void onDeadline(long nowNs) {
    if (endpoint.state() instanceof State.CookieWait wait && wait.t1Init().expire(nowNs)) {
      if (!giveUp(wait.t1Init())) {
        endpoint.outbox().addStandalone(0, wait.init());
      }
    } else if (endpoint.state() instanceof State.CookieEchoed echoed
        && echoed.t1Cookie().expire(nowNs)
        && !giveUp(echoed.t1Cookie())) {
      endpoint.outbox().addFirst(echoed.echo());
    }
  }

  /** Another path: what waits for an answer goes out on it at once. */
  void onPathChanged() {
    if (endpoint.state() instanceof State.CookieWait wait) {
      endpoint.outbox().addStandalone(0, wait.init());
    } else if (endpoint.state() instanceof State.CookieEchoed echoed) {
      endpoint.outbox().clearBundled();
      endpoint.outbox().addFirst(echoed.echo());
    }
  }

  private boolean giveUp(RetransmissionTimer t1) {
    if (t1.isExhausted()) {
      endpoint.end(false, "the peer does not answer the SCTP handshake");
    }
    return t1.isExhausted();
  }
}
