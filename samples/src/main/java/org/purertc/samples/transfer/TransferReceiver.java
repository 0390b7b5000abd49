package org.purertc.samples.transfer;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.TransferMessage.Accept;
import org.purertc.samples.transfer.TransferMessage.Begin;
import org.purertc.samples.transfer.TransferMessage.Done;
import org.purertc.samples.transfer.TransferMessage.End;
import org.purertc.samples.transfer.TransferMessage.Entries;
import org.purertc.samples.transfer.TransferMessage.Failed;
import org.purertc.samples.transfer.TransferMessage.Offer;
import org.purertc.samples.transfer.TransferMessage.Received;
import org.purertc.samples.transfer.TransferMessage.Verified;
import org.purertc.samples.transfer.TransferMessage.Zeros;

/** The end that wants the files. */
public final class TransferReceiver extends TalkingEnd {
  /** The sender hears of each so many bytes; an eighth of its window keeps it moving. */
  static final long REPORT_BYTES = TransferSender.WINDOW_BYTES / 8;

  /** How often the user's decision is looked at. */
  private static final long DECISION_POLL_NS = 50_000_000;

  private enum State {
    /** Waits for a hello. */
    GREETING,
    /** Hears the manifest. */
    LISTING,
    /** Waits for this side's user. */
    DECIDING,
    /** Tells what is here already. */
    PLANNING,
    RECEIVING,
    /** All is in place; waits for the sender's last word. */
    COMPLETE,
    FINISHED
  }

  private final TransferChannel channel;
  private final TransferTarget target;
  private final ReceiverOptions options;
  private final OfferedManifest offered = new OfferedManifest();
  private State state = State.GREETING;
  private boolean greeted;
  private Manifest manifest = Manifest.of(List.of());
  private CompletableFuture<Boolean> decision = new CompletableFuture<>();
  private PlanMessages planMessages = new PlanMessages(Plan.EVERYTHING);
  private Agenda agenda = new Agenda(manifest, Plan.EVERYTHING);
  private @Nullable IncomingFile file;
  private long receivedBytes;
  private long reportedBytes;
  private String onlyHash = "";

  public TransferReceiver(TransferChannel channel, TransferTarget target, ReceiverOptions options) {
    super(channel);
    this.channel = channel;
    this.target = target;
    this.options = options;
  }

  @Override
  public Role role() {
    return Role.RECEIVER;
  }

  @Override
  public void onOpen(long nowNs) {
    if (state == State.GREETING) {
      greet();
    }
  }

  private void greet() {
    if (!greeted) {
      greeted = true;
      String proof = options.authenticator().proof(Role.RECEIVER);
      send(new Hello(Role.RECEIVER, proof, options.receiverId(), 0));
    }
  }

  @Override
  public void onText(String text, long nowNs) {
    if (isFinished()) {
      return;
    }
    try {
      take(MessageReader.read(text));
      advance(nowNs);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void take(TransferMessage message) throws IOException {
    if (message instanceof Failed it) {
      gaveUp(it);
      return;
    }
    boolean inTurn =
        switch (state) {
          case GREETING -> message instanceof Hello it && welcome(it);
          case LISTING -> list(message);
          case RECEIVING -> receive(message);
          case COMPLETE -> message instanceof Done && complete();
          default -> false;
        };
    if (!inTurn) {
      throw new TransferException(FailureCode.PROTOCOL, "the sender sent a message out of turn");
    }
  }

  private boolean welcome(Hello hello) throws IOException {
    if (hello.role() != Role.SENDER) {
      throw new TransferException(FailureCode.PROTOCOL, "both sides want to receive");
    }
    if (!options.authenticator().accepts(Role.SENDER, hello.proof())) {
      throw new TransferException(
          FailureCode.AUTHENTICATION, "the sender does not know the secret of the link");
    }
    greet();
    state = State.LISTING;
    return true;
  }

  private boolean list(TransferMessage message) throws IOException {
    if (message instanceof Entries it) {
      for (Entry entry : it.entries()) {
        offered.add(entry);
      }
      return true;
    }
    if (message instanceof Offer it) {
      manifest = offered.complete(it.files(), it.bytes());
      options.listener().onOffer(manifest);
      state = State.DECIDING;
      decision = options.approval().ask(manifest);
      return true;
    }
    return false;
  }

  private boolean receive(TransferMessage message) throws IOException {
    IncomingFile current = file;
    if (current == null && message instanceof Begin it) {
      Entry entry = agenda.begin(it);
      options.listener().onFile(entry);
      file = new IncomingFile(target, it.file(), entry, it.from());
    } else if (current != null && message instanceof Zeros it) {
      current.zeros(it.bytes());
      count(it.bytes());
    } else if (current != null && message instanceof End it) {
      end(current, it);
    } else {
      return false;
    }
    return true;
  }

  private void end(IncomingFile current, End it) throws IOException {
    String hash = current.end(it);
    file = null;
    onlyHash = manifest.files() == 1 ? hash : "";
    if (reportedBytes < receivedBytes) {
      report();
    }
    send(new Verified(it.file(), hash));
    finishWhenEmpty();
  }

  private void finishWhenEmpty() throws IOException {
    if (agenda.isEmpty()) {
      target.finish();
      state = State.COMPLETE;
    }
  }

  private boolean complete() {
    finish(new TransferResult(manifest, agenda.alreadyBytes(), onlyHash));
    return true;
  }

  @Override
  public void onBinary(byte[] bytes, long nowNs) {
    if (isFinished()) {
      return;
    }
    IncomingFile current = file;
    try {
      if (current == null) {
        throw new TransferException(FailureCode.PROTOCOL, "the sender sent bytes of no file");
      }
      current.write(bytes);
    } catch (IOException e) {
      fail(e);
      return;
    }
    count(bytes.length);
  }

  private void count(long bytes) {
    receivedBytes += bytes;
    if (receivedBytes - reportedBytes >= REPORT_BYTES) {
      report();
    }
  }

  private void report() {
    reportedBytes = receivedBytes;
    send(new Received(receivedBytes));
    options.listener().onProgress(agenda.alreadyBytes() + receivedBytes);
  }

  @Override
  public void onReady(long nowNs) {
    try {
      advance(nowNs);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void advance(long nowNs) throws IOException {
    wakeNs = NEVER;
    if (state == State.DECIDING) {
      if (!decision.isDone()) {
        wakeNs = nowNs + DECISION_POLL_NS;
        return;
      }
      plan();
    }
    while (state == State.PLANNING && channel.bufferedAmount() < TransferSender.HIGH_WATER_BYTES) {
      if (planMessages.hasNext()) {
        send(planMessages.next());
      } else {
        send(new Accept(options.limitBytesPerSecond()));
        state = State.RECEIVING;
        options.listener().onStart(agenda.alreadyBytes());
        finishWhenEmpty();
      }
    }
  }

  private void plan() throws IOException {
    if (!approved()) {
      throw new TransferException(FailureCode.DECLINED, "the receiver declined");
    }
    Plan plan = target.plan(manifest);
    agenda = new Agenda(manifest, plan);
    planMessages = new PlanMessages(plan);
    state = State.PLANNING;
  }

  private boolean approved() {
    try {
      return decision.join();
    } catch (CompletionException | CancellationException e) {
      return false;
    }
  }

  /** Whoever has everything needs no last word. */
  @Override
  public void onLost(String reason) {
    if (state == State.COMPLETE) {
      complete();
    } else {
      finish(new TransferException(FailureCode.LOST, reason));
    }
  }

  @Override
  TransferException localFailure(IOException e) {
    return new TransferException(FailureCode.DISK, "cannot write: " + e.getMessage());
  }

  @Override
  boolean isFinished() {
    return state == State.FINISHED;
  }

  @Override
  void release() {
    state = State.FINISHED;
    target.close();
  }
}
