package org.purertc.samples.signaling.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.MessageRate;
import org.purertc.samples.signaling.protocol.OutgoingMessages;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.protocol.SessionLimits;

/**
 * The client's side of a session as a machine: joins, acknowledges, and after a lost connection
 * resumes, sending again what did not arrive.
 */
final class ClientSession {
  /** How long a connection may take until the welcome, and a ping until its answer. */
  private static final long ANSWER_LIMIT_NS = TimeUnit.SECONDS.toNanos(15);

  /** After so long a silence the server is asked whether it is there. */
  private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(25);

  private static final int SESSION_BYTES = 24;

  /** Sent and not acknowledged; what comes after waits here, where it costs the server nothing. */
  private static final int WINDOW = 128;

  /** The network bunches messages; whoever sends at the very limit is refused at times. */
  private static final double SHARE_OF_RATE = 0.8;

  /** Makes connections as the session asks for them. */
  interface Driver {
    /** Opens a connection, and tells {@link #onOpen} or {@link #onLost}. */
    void connect();

    /** Closes the connection and tells nothing more of it. */
    void disconnect();

    void onMessage(ServerMessage message);

    /** The connection is lost; the session goes on by itself. */
    void onInterrupted(String reason);

    /** The session is over. */
    void onEnd(@Nullable ErrorCode why, String reason);
  }

  private enum State {
    WAITING,
    CONNECTING,
    GREETING,
    JOINED,
    ENDED
  }

  private final JoinRequest request;
  private final Driver driver;
  private final RandomGenerator random;
  private final Backoff backoff;
  private State state = State.WAITING;
  private String token;
  private OutgoingMessages outgoing = new OutgoingMessages();
  private Acknowledgement incoming = new Acknowledgement();
  private MessageRate rate = new MessageRate(1, 1, 0);
  private long sentId;
  private long deadlineNs;
  private boolean helloDue;
  private boolean pingDue;
  private boolean pinged;
  private boolean everJoined;
  private boolean leaving;

  /**
   * @param random makes the session's secret: a {@link java.security.SecureRandom} except in tests
   */
  ClientSession(JoinRequest request, Driver driver, RandomGenerator random, long nowNs) {
    this.request = request;
    this.driver = driver;
    this.random = random;
    backoff = new Backoff(random);
    token = newToken();
    deadlineNs = nowNs;
  }

  private String newToken() {
    byte[] bytes = new byte[SESSION_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Queues what {@link MessageFormat#write(ClientMessage)} made. */
  void send(String text) {
    if (!leaving && state != State.ENDED) {
      outgoing.append(text);
    }
  }

  /** The session's secret name. */
  String token() {
    return token;
  }

  /** How many messages are not acknowledged. */
  int waiting() {
    return outgoing.count();
  }

  /** Ends the session when everything that was sent has arrived. */
  void leave() {
    if (!leaving && state != State.ENDED) {
      leaving = true;
      outgoing.append(MessageFormat.write(new ClientMessage.Leave()));
    }
  }

  /** The connection that was asked for is open. */
  void onOpen(long nowNs) {
    if (state == State.CONNECTING) {
      state = State.GREETING;
      helloDue = true;
      pinged = false;
      deadlineNs = nowNs + ANSWER_LIMIT_NS;
    }
  }

  /** The connection that was asked for is lost, or there was none. */
  void onLost(String reason, long nowNs) {
    if (state == State.ENDED || state == State.WAITING) {
      return;
    }
    if (!everJoined || leaving) {
      end(null, leaving ? "left" : reason);
      return;
    }
    state = State.WAITING;
    deadlineNs = nowNs + backoff.nextNs();
    driver.onInterrupted(reason);
  }

  private void giveUpConnection(String reason, long nowNs) {
    driver.disconnect();
    onLost(reason, nowNs);
  }

  private void end(@Nullable ErrorCode why, String reason) {
    state = State.ENDED;
    driver.disconnect();
    driver.onEnd(why, reason);
  }

  /** Ends it from this side, without a word to the server. */
  void abandon() {
    if (state != State.ENDED) {
      end(null, "closed");
    }
  }

  /** Takes one message of the server. */
  void receive(String text, long nowNs) {
    if (state != State.GREETING && state != State.JOINED) {
      return;
    }
    if (state == State.JOINED) {
      pinged = false;
      deadlineNs = nowNs + SILENCE_NS;
    }
    try {
      JsonNode message = MessageFormat.parse(text);
      long id = MessageFormat.id(message);
      if (id == 0 || incoming.isNext(id)) {
        if (id > 0) {
          incoming.received(nowNs);
        }
        obey(message, nowNs);
      } else if (!incoming.isRepeated(id)) {
        giveUpConnection("a message of the server is missing", nowNs);
      }
    } catch (ProtocolException e) {
      giveUpConnection("the server sent something unreadable: " + e.reason(), nowNs);
    }
  }

  private void obey(JsonNode node, long nowNs) throws ProtocolException {
    ServerMessage message;
    try {
      message = MessageFormat.serverMessage(node);
    } catch (ProtocolException e) {
      if (e.code() == ErrorCode.UNKNOWN_TYPE) {
        return; // of a later version
      }
      throw e;
    }
    if (message instanceof ServerMessage.Welcome it) {
      SessionLimits limits = it.limits();
      token = it.session();
      rate =
          new MessageRate(share(limits.messagesPerSecond()), share(limits.burstMessages()), nowNs);
      joined(nowNs);
      driver.onMessage(it);
    } else if (message instanceof ServerMessage.Resumed it) {
      outgoing.acknowledge(it.ack());
      sentId = it.ack();
      joined(nowNs);
    } else if (message instanceof ServerMessage.Ack it) {
      outgoing.acknowledge(it.ack());
      sentId = Math.max(sentId, it.ack());
      if (leaving && waiting() == 0) {
        end(null, "left");
      }
    } else if (message instanceof ServerMessage.Failure it && it.of() == null) {
      fail(it, nowNs);
    } else if (!(message instanceof ServerMessage.Pong)) {
      driver.onMessage(message);
    }
  }

  private static int share(int most) {
    return Math.max(1, (int) (SHARE_OF_RATE * most));
  }

  private void joined(long nowNs) {
    state = State.JOINED;
    everJoined = true;
    backoff.reset();
    deadlineNs = nowNs + SILENCE_NS;
  }

  private void fail(ServerMessage.Failure failure, long nowNs) {
    switch (failure.code()) {
      case UNKNOWN_SESSION, TOO_SLOW -> {
        forgetSession();
        giveUpConnection(failure.reason(), nowNs);
      }
      case ROOM_FULL, SERVER_FULL -> {
        if (everJoined) {
          giveUpConnection(failure.reason(), nowNs);
        } else {
          end(failure.code(), failure.reason());
        }
      }
      case OUT_OF_ORDER, TIMEOUT, SHUTTING_DOWN -> giveUpConnection(failure.reason(), nowNs);
      default -> end(failure.code(), failure.reason());
    }
  }

  /** What was not acknowledged may have arrived or not; in a new session nobody could tell. */
  private void forgetSession() {
    token = newToken();
    outgoing = new OutgoingMessages();
    incoming = new Acknowledgement();
    sentId = 0;
  }

  /** What to send next; null when there is nothing now. */
  @Nullable String next(long nowNs) {
    if (helloDue && state == State.GREETING) {
      helloDue = false;
      return MessageFormat.write(request.hello(token, incoming.receivedId()));
    }
    if (state != State.JOINED) {
      return null;
    }
    if (maySend() && rate.waitNs(nowNs) == 0) {
      rate.take(nowNs);
      sentId = Math.max(sentId, outgoing.firstId() - 1) + 1;
      String text = outgoing.get(sentId);
      return text == null ? null : MessageFormat.acknowledging(text, incoming.say());
    }
    if (incoming.dueNs() <= nowNs) {
      return MessageFormat.write(new ClientMessage.Ack(incoming.say()));
    }
    if (pingDue) {
      pingDue = false;
      return MessageFormat.write(new ClientMessage.Ping());
    }
    return null;
  }

  private boolean maySend() {
    return sentId < outgoing.lastId() && sentId - outgoing.firstId() + 1 < WINDOW;
  }

  /** When {@link #onDeadline} is due; Long.MAX_VALUE for never. */
  long nextDeadlineNs() {
    return state == State.ENDED ? Long.MAX_VALUE : deadlineNs;
  }

  /** When {@link #next} will have something; Long.MAX_VALUE for not before something happens. */
  long nextSendNs(long nowNs) {
    if (state != State.JOINED) {
      return helloDue ? nowNs : Long.MAX_VALUE;
    }
    long paceNs = maySend() ? nowNs + rate.waitNs(nowNs) : Long.MAX_VALUE;
    return pingDue ? nowNs : Math.min(paceNs, incoming.dueNs());
  }

  void onDeadline(long nowNs) {
    if (nowNs < deadlineNs) {
      return;
    }
    switch (state) {
      case WAITING -> {
        state = State.CONNECTING;
        deadlineNs = nowNs + ANSWER_LIMIT_NS;
        driver.connect();
      }
      case CONNECTING, GREETING -> giveUpConnection("the server does not answer", nowNs);
      case JOINED -> {
        if (pinged) {
          giveUpConnection("the server is silent", nowNs);
        } else {
          pinged = true;
          pingDue = true;
          deadlineNs = nowNs + ANSWER_LIMIT_NS;
        }
      }
      case ENDED -> {}
    }
  }
}
