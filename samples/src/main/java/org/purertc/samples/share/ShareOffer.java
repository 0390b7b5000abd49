package org.purertc.samples.share;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.terminal.TransferReport;
import org.purertc.samples.transfer.Authenticator;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.Hello;
import org.purertc.samples.transfer.RateLimit;
import org.purertc.samples.transfer.Role;
import org.purertc.samples.transfer.SenderOptions;
import org.purertc.samples.transfer.SerialEnd;
import org.purertc.samples.transfer.TransferChannel;
import org.purertc.samples.transfer.TransferEnd;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferResult;
import org.purertc.samples.transfer.TransferSender;
import org.purertc.samples.transfer.TransferSource;
import org.purertc.samples.web.Visit;
import org.purertc.samples.web.VisitListener;

/** What a sender offers, to one receiver or to many: who gets it now, and when it is done. */
final class ShareOffer implements VisitListener, Delivery.Host {
  /** For the last word to a receiver. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final int MAX_RECEIVERS = 64;

  /** Receivers whose transfer may go on another day; older ones just get a new number. */
  private static final int MAX_REPORTS = 1_024;

  /**
   * Whom it serves, and how.
   *
   * @param secret of the link; null in a room, where nobody proves anything
   * @param many any number of receivers instead of one
   * @param repeatable whether the sources can be read again after a connection was lost
   */
  record Terms(@Nullable LinkSecret secret, boolean many, boolean repeatable, RateLimit limit) {}

  private final Supplier<TransferSource> sources;
  private final Terms terms;
  private final Reporter reporter;
  private final Map<RTCPeerConnection, Delivery> deliveries = new ConcurrentHashMap<>();
  private final List<Delivery> admitted = new ArrayList<>();
  private final Map<String, TransferReport> reports = new LinkedHashMap<>();
  private final CompletableFuture<TransferResult> done = new CompletableFuture<>();
  private int receivers;
  private boolean over;
  private volatile boolean nobodyComes;

  ShareOffer(Supplier<TransferSource> sources, Terms terms, Reporter reporter) {
    this.sources = sources;
    this.terms = terms;
    this.reporter = reporter;
  }

  /** Completes when the one receiver has everything, or never will; with {@code many} never. */
  CompletableFuture<TransferResult> done() {
    return done;
  }

  @Override
  public void onVisit(Visit visit) {
    reporter.stage("a visitor has come");
    var unused = arrived(visit.peer(), visit::end);
  }

  /** Somebody is there who may be a receiver. */
  Delivery arrived(RTCPeerConnection peer, Runnable hangUp) {
    Delivery delivery = new Delivery(peer, hangUp, this);
    deliveries.put(peer, delivery);
    return delivery;
  }

  @Override
  public void onState(Visit visit, RTCPeerConnectionState state) {
    onState(visit.peer(), state);
  }

  void onState(RTCPeerConnection peer, RTCPeerConnectionState state) {
    reporter.stage("connection " + state);
    Delivery delivery = deliveries.get(peer);
    if (delivery != null) {
      delivery.onState(state);
    }
  }

  @Override
  public void onLeft(Visit visit) {
    left(visit.peer());
  }

  /** Nothing more can be told by signalling. */
  void left(RTCPeerConnection peer) {
    Delivery delivery = deliveries.get(peer);
    if (delivery != null) {
      delivery.onSignalingGone();
    }
    if (delivery == null || !delivery.isAdmitted()) {
      deliveries.remove(peer);
      peer.close();
    }
  }

  @Override
  public TransferEnd begin(Delivery delivery, TransferChannel channel) {
    SenderOptions options =
        SenderOptions.DEFAULT
            .withAuthenticator(authenticator(delivery.peer()))
            .withAdmission(hello -> admit(delivery, hello))
            .withLimit(terms.limit())
            .withListener(delivery);
    TransferEnd end = new SerialEnd(new TransferSender(channel, sources.get(), options));
    var unused = end.result().whenComplete((result, thrown) -> ended(delivery, result, thrown));
    return end;
  }

  private Authenticator authenticator(RTCPeerConnection peer) {
    LinkSecret secret = terms.secret();
    return secret == null ? Authenticator.NONE : LinkProof.of(secret, Role.SENDER, peer);
  }

  private void admit(Delivery delivery, Hello hello) throws TransferException {
    Delivery replaced;
    synchronized (this) {
      if (over) {
        throw new TransferException(FailureCode.BUSY, "the transfer is done, the link used up");
      }
      replaced = toReplace(hello);
      int others = admitted.size() - (replaced == null ? 0 : 1);
      if (others >= (terms.many() ? MAX_RECEIVERS : 1)) {
        throw new TransferException(
            FailureCode.BUSY,
            terms.many()
                ? "the sender is serving " + others + " receivers: try again later"
                : "the sender is serving another receiver");
      }
      admitted.remove(replaced);
      admitted.add(delivery);
      delivery.admitted(hello, report(hello));
    }
    reporter.stage(
        terms.secret() == null
            ? "a receiver has come"
            : "receiver and sender both know the secret of the link");
    if (replaced != null) {
      // On another thread: this one holds the lock of the new connection's end.
      var unused = CompletableFuture.runAsync(() -> replaced.lose("the receiver has come back"));
    }
  }

  /** The connection that {@code hello}'s makes superfluous. */
  private @Nullable Delivery toReplace(Hello hello) {
    long nowNs = System.nanoTime();
    for (Delivery each : admitted) {
      if (each.isOf(hello) || (!terms.many() && each.isSilent(nowNs))) {
        return each;
      }
    }
    return null;
  }

  /** One for a receiver, however often it comes back; for all when there is only one to be. */
  private TransferReport report(Hello hello) {
    TransferReport known = reports.get(terms.many() ? hello.receiver() : "");
    if (known != null) {
      return known;
    }
    receivers++;
    TransferReport made = reporter.transfer(terms.many() ? "receiver " + receivers : "");
    if (reports.size() == MAX_REPORTS) {
      reports.remove(reports.keySet().iterator().next());
    }
    if (!terms.many() || !hello.receiver().isEmpty()) {
      reports.put(terms.many() ? hello.receiver() : "", made);
    }
    return made;
  }

  private void ended(
      Delivery delivery, @Nullable TransferResult result, @Nullable Throwable thrown) {
    synchronized (this) {
      admitted.remove(delivery);
      over |= result != null && !terms.many();
    }
    RTCPeerConnection peer = delivery.peer();
    String path = PathName.of(peer);
    var unused =
        peer.closeGracefully(FAREWELL)
            .whenComplete(
                (closed, late) -> {
                  deliveries.remove(peer);
                  delivery.hangUp();
                  conclude(delivery, result, thrown, path);
                });
  }

  private void conclude(
      Delivery delivery, @Nullable TransferResult result, @Nullable Throwable thrown, String path) {
    if (result != null) {
      delivery.report().done(result, path);
      if (!terms.many()) {
        done.complete(result);
      }
      return;
    }
    TransferException failure = failure(thrown);
    if (delivery.isAdmitted()) {
      delivery.report().interrupted();
    }
    if (isFinal(delivery, failure)) {
      done.completeExceptionally(failure);
    } else if (nobodyComes) {
      done.completeExceptionally(new TransferException(FailureCode.LOST, failure.reason()));
    } else {
      tell(failure);
    }
  }

  private static TransferException failure(@Nullable Throwable thrown) {
    return thrown instanceof TransferException it
        ? it
        : new TransferException(FailureCode.OTHER, String.valueOf(thrown));
  }

  /** Whether it makes no sense to wait for a receiver. */
  private boolean isFinal(Delivery delivery, TransferException failure) {
    if (terms.many()) {
      return false;
    }
    boolean ours = failure.code() == FailureCode.SOURCE && !failure.isTold();
    return ours
        || failure.code() == FailureCode.DECLINED
        || (!terms.repeatable() && delivery.isStarted());
  }

  private void tell(TransferException failure) {
    String reason = failure.reason();
    String what =
        switch (failure.code()) {
          case AUTHENTICATION ->
              "somebody came who does not know the secret of the link and got nothing";
          case BUSY -> "another receiver was turned away";
          default ->
              reason
                  + (terms.secret() == null
                      ? "; still offered in the room"
                      : "; the link stays valid");
        };
    reporter.note("waiting", what, Map.of("reason", reason));
  }

  /** There is no signalling any more, and no way back to it; who is served is served. */
  void noMoreVisitors(String reason) {
    boolean idle;
    nobodyComes = true;
    synchronized (this) {
      idle = admitted.isEmpty();
    }
    if (idle) {
      done.completeExceptionally(new TransferException(FailureCode.LOST, reason));
    }
  }

  /** Tells all receivers that the user ends it. */
  void leave() {
    deliveries.values().forEach(each -> each.leave("interrupted"));
    CompletableFuture.allOf(
            deliveries.keySet().stream()
                .map(peer -> peer.closeGracefully(FAREWELL))
                .toArray(CompletableFuture<?>[]::new))
        .handle((closed, late) -> true)
        .join();
  }
}
