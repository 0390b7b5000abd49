package org.purertc.ice.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.Challenge;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.internal.ServerMessage;
import org.purertc.ice.internal.ServerRequest;
import org.purertc.ice.internal.StunMessage;
import org.purertc.ice.internal.TransactionId;
import org.purertc.ice.io.Loop;

/**
 * Requests to one server over one path: retransmission, and the long-term credential mechanism with
 * its renewal (RFC 8489 sections 6.2 and 9.2).
 */
final class StunClient {

  /** Of all that one allocation asks at the same time; what is beyond ends at once. */
  static final int MAX_TRANSACTIONS = 128;

  /** A server that gives a new nonce each time must not keep us asking. */
  private static final int MAX_RENEWALS = 3;

  /** What came of a request; exactly one of the two is called, or none after {@link #clear}. */
  interface Outcome {
    void onSuccess(ServerMessage response, long nowNs);

    /**
     * @param response null when there was none
     */
    void onError(ServerError error, @Nullable ServerMessage response, long nowNs);
  }

  private final ServerCodec codec;
  private final ServerPath path;
  private final @Nullable ServerCredentials credentials;
  private final RandomGenerator random;
  private final List<ServerTransaction> transactions = new ArrayList<>(1);
  private @Nullable Challenge challenge;
  private int maxRenewals = MAX_RENEWALS;

  /**
   * @param credentials null for a server that asks for none
   */
  StunClient(
      ServerCodec codec,
      ServerPath path,
      @Nullable ServerCredentials credentials,
      RandomGenerator random) {
    this.codec = codec;
    this.path = path;
    this.credentials = credentials;
    this.random = random;
  }

  void send(ServerRequest request, Outcome outcome, long nowNs) {
    if (transactions.size() >= MAX_TRANSACTIONS) {
      outcome.onError(
          ServerError.unreachable("too many requests wait for the server"), null, nowNs);
      return;
    }
    begin(new ServerTransaction.Question(request, outcome, 0, challenge != null), nowNs);
  }

  private void begin(ServerTransaction.Question question, long nowNs) {
    TransactionId id = TransactionId.random(random);
    byte[] message = codec.encode(question.request(), id, challenge);
    transactions.add(new ServerTransaction(question, id, message, path.isReliable(), nowNs));
    path.send(message, 0, message.length);
  }

  /** From now on a request is signed anew once only. */
  void hurry() {
    maxRenewals = 1;
  }

  /** Returns whether the message answers a request of ours. */
  boolean receive(ServerMessage message, long nowNs) {
    ServerTransaction transaction = find(message.id());
    if (transaction == null
        || message.method() != transaction.request.method()
        || !isAcceptable(transaction, message)) {
      return false;
    }
    transactions.remove(transaction);
    if (message.kind() == StunMessage.Kind.SUCCESS) {
      transaction.outcome.onSuccess(message, nowNs);
    } else if (!askAgain(transaction, message, nowNs)) {
      ServerError error = ServerError.of(message.errorCode(), message.reason());
      transaction.outcome.onError(error, message, nowNs);
    }
    return true;
  }

  private @Nullable ServerTransaction find(TransactionId id) {
    for (ServerTransaction transaction : transactions) {
      if (transaction.id.equals(id)) {
        return transaction;
      }
    }
    return null;
  }

  /** What is not, is as if it never came. */
  private boolean isAcceptable(ServerTransaction transaction, ServerMessage message) {
    Challenge asked = challenge;
    boolean signed = transaction.signed && asked != null;
    return switch (message.kind()) {
      case SUCCESS ->
          !message.hasUnknownRequired()
              && (!signed || asked != null && codec.isAuthentic(message, asked.key()));
      // RFC 8489 section 9.2.4: a server cannot sign the errors of credentials that it does not
      // know; what is signed must be right.
      case ERROR ->
          !signed
              || !message.hasIntegrity()
              || asked != null && codec.isAuthentic(message, asked.key());
      case REQUEST, INDICATION -> false;
    };
  }

  /** RFC 8489 section 9.2.5: a challenge is answered, wrong credentials are not tried again. */
  private boolean askAgain(ServerTransaction transaction, ServerMessage error, long nowNs) {
    ServerCredentials own = credentials;
    boolean challenged =
        error.errorCode() == ServerError.STALE_NONCE
            || error.errorCode() == ServerError.UNAUTHENTICATED && !transaction.signed;
    if (!challenged || own == null || transaction.renewals >= maxRenewals) {
      return false;
    }
    Challenge answered = Challenge.answer(error, own.username(), own.password());
    if (answered == null) {
      return false;
    }
    challenge = answered;
    begin(
        new ServerTransaction.Question(
            transaction.request, transaction.outcome, transaction.renewals + 1, true),
        nowNs);
    return true;
  }

  boolean isIdle() {
    return transactions.isEmpty();
  }

  long nextDeadlineNs() {
    long next = Loop.NEVER;
    for (ServerTransaction transaction : transactions) {
      next = Math.min(next, transaction.nextDeadlineNs());
    }
    return next;
  }

  void onDeadline(long nowNs) {
    for (ServerTransaction transaction : List.copyOf(transactions)) {
      if (nowNs < transaction.nextDeadlineNs() || !transactions.contains(transaction)) {
        continue;
      }
      if (transaction.isOver()) {
        transactions.remove(transaction);
        ServerError error = ServerError.unreachable("the server does not answer");
        transaction.outcome.onError(error, null, nowNs);
      } else {
        transaction.resend(nowNs);
        path.send(transaction.message(), 0, transaction.message().length);
      }
    }
  }

  void clear() {
    transactions.clear();
  }
}
