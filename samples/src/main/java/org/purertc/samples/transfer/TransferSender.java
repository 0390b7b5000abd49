package org.purertc.samples.transfer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.TransferMessage.Accept;
import org.purertc.samples.transfer.TransferMessage.Begin;
import org.purertc.samples.transfer.TransferMessage.Done;
import org.purertc.samples.transfer.TransferMessage.End;
import org.purertc.samples.transfer.TransferMessage.Failed;
import org.purertc.samples.transfer.TransferMessage.Have;
import org.purertc.samples.transfer.TransferMessage.Offer;
import org.purertc.samples.transfer.TransferMessage.Received;
import org.purertc.samples.transfer.TransferMessage.Skip;
import org.purertc.samples.transfer.TransferMessage.Verified;
import org.purertc.samples.transfer.TransferMessage.Zeros;

/** The end that has the files. */
public final class TransferSender extends TalkingEnd {
  /** Bytes in a message: below the 65,536 that a peer takes which names no limit (RFC 8841). */
  static final int CHUNK_BYTES = 32 << 10;

  /** No more than this waits in the channel. */
  static final long HIGH_WATER_BYTES = 1 << 20;

  /**
   * No more than this is under way without the receiver's word. A browser takes messages as fast as
   * they come, whatever its disk does, so the channel's own back-pressure is not enough.
   */
  static final long WINDOW_BYTES = 8 << 20;

  /** The same for files, which may all be empty. */
  static final int WINDOW_FILES = 4_096;

  /** A source that has nothing at the moment, a pipe, is asked again after this time. */
  private static final long SOURCE_POLL_NS = 10_000_000;

  private enum State {
    /** Waits for a hello. */
    GREETING,
    /** Tells the manifest. */
    LISTING,
    /** Waits for what the receiver has and wants. */
    OFFERED,
    SENDING,
    FINISHED
  }

  private final TransferChannel channel;
  private final TransferSource source;
  private final SenderOptions options;
  private final Supplier<ContentHash> hashes;
  private final Queue<End> unverified = new ArrayDeque<>();
  private State state = State.GREETING;
  private boolean greeted;
  private Manifest manifest = Manifest.of(List.of());
  private ManifestPages pages = new ManifestPages(manifest);
  private BlockLists blocks = new BlockLists(manifest);
  private RateLimit receiverLimit = RateLimit.unlimited();
  private byte[] buffer = {};
  private int nextIndex;
  private @Nullable ByteSource in;
  private @Nullable BlockComparison comparison;
  private @Nullable OutgoingFile file;
  private long alreadyBytes;
  private long sentBytes;
  private long receivedBytes;
  private String onlyHash = "";

  public TransferSender(TransferChannel channel, TransferSource source, SenderOptions options) {
    this(channel, source, options, ContentHash::new);
  }

  TransferSender(
      TransferChannel channel,
      TransferSource source,
      SenderOptions options,
      Supplier<ContentHash> hashes) {
    super(channel);
    this.channel = channel;
    this.source = source;
    this.options = options;
    this.hashes = hashes;
  }

  @Override
  public Role role() {
    return Role.SENDER;
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
      send(new Hello(Role.SENDER, options.authenticator().proof(Role.SENDER), "", 0));
    }
  }

  @Override
  public void onText(String text, long nowNs) {
    if (isFinished()) {
      return;
    }
    try {
      take(MessageReader.read(text), nowNs);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void take(TransferMessage message, long nowNs) throws IOException {
    if (message instanceof Received it && state == State.SENDING) {
      received(it.bytes());
    } else if (message instanceof Verified it && state == State.SENDING) {
      verified(it);
    } else if (message instanceof Have it && state == State.OFFERED) {
      blocks.add(it);
    } else if (message instanceof Skip it && state == State.OFFERED) {
      blocks.add(it);
    } else if (message instanceof Accept it && state == State.OFFERED) {
      begin(it.limitBytesPerSecond());
    } else if (message instanceof Hello it && state == State.GREETING) {
      welcome(it);
    } else if (message instanceof Failed it) {
      gaveUp(it);
    } else {
      throw new TransferException(FailureCode.PROTOCOL, "the receiver sent a message out of turn");
    }
    pump(nowNs);
  }

  private void welcome(Hello hello) throws IOException {
    if (hello.role() != Role.RECEIVER) {
      throw new TransferException(FailureCode.PROTOCOL, "both sides want to send");
    }
    if (!options.authenticator().accepts(Role.RECEIVER, hello.proof())) {
      throw new TransferException(
          FailureCode.AUTHENTICATION, "the receiver does not know the secret of the link");
    }
    options.admission().admit(hello);
    greet();
    manifest = source.scan();
    pages = new ManifestPages(manifest);
    blocks = new BlockLists(manifest);
    options.listener().onOffer(manifest);
    state = State.LISTING;
  }

  private void begin(long limitBytesPerSecond) {
    if (limitBytesPerSecond > 0) {
      receiverLimit = RateLimit.of(limitBytesPerSecond);
    }
    alreadyBytes = blocks.bytes();
    buffer = new byte[OutgoingFile.BUFFER_BYTES];
    state = State.SENDING;
    options.listener().onStart(alreadyBytes);
  }

  private void received(long bytes) throws TransferException {
    if (bytes < receivedBytes || bytes > sentBytes) {
      throw new TransferException(
          FailureCode.PROTOCOL, "the receiver says that it has bytes that were not sent");
    }
    receivedBytes = bytes;
    options.listener().onProgress(alreadyBytes + receivedBytes);
  }

  private void verified(Verified it) throws TransferException {
    End end = unverified.poll();
    if (end == null || end.file() != it.file()) {
      throw new TransferException(
          FailureCode.PROTOCOL, "the receiver says that it has a file that was not sent");
    }
    if (!end.sha256().equals(it.sha256())) {
      throw new TransferException(
          FailureCode.HASH, "the receiver computed another SHA-256: " + it.sha256());
    }
    onlyHash = manifest.files() == 1 ? it.sha256() : "";
  }

  @Override
  public void onBinary(byte[] bytes, long nowNs) {
    fail(new TransferException(FailureCode.PROTOCOL, "the receiver sent bytes"));
  }

  @Override
  public void onReady(long nowNs) {
    try {
      pump(nowNs);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void pump(long nowNs) throws IOException {
    wakeNs = NEVER;
    while (state == State.LISTING && channel.bufferedAmount() < HIGH_WATER_BYTES) {
      list();
    }
    while (state == State.SENDING && maySend(nowNs) && step(nowNs)) {
      // Each step sends at least one message, or ends a piece of work.
    }
  }

  private void list() {
    if (pages.hasNext()) {
      send(pages.next());
    } else {
      state = State.OFFERED;
      send(new Offer(manifest.files(), manifest.bytes()));
    }
  }

  private boolean maySend(long nowNs) {
    if (channel.bufferedAmount() >= HIGH_WATER_BYTES
        || sentBytes - receivedBytes >= WINDOW_BYTES
        || unverified.size() >= WINDOW_FILES) {
      return false;
    }
    long readyNs = Math.max(options.limit().readyNs(nowNs), receiverLimit.readyNs(nowNs));
    if (readyNs > nowNs) {
      wakeNs = readyNs;
      return false;
    }
    return true;
  }

  /** False when there is nothing more to do now. */
  private boolean step(long nowNs) throws IOException {
    OutgoingFile current = file;
    if (current != null) {
      return stepFile(current, nowNs);
    }
    if (comparison != null) {
      // A long comparison lets other events in between.
      wakeNs = nowNs;
      if (comparison.step()) {
        start(nextIndex, comparison.from(), comparison.hash());
      }
      return false;
    }
    return open();
  }

  private boolean open() throws IOException {
    while (nextIndex < manifest.entries().size()
        && (!manifest.entries().get(nextIndex).isFile() || blocks.skips(nextIndex))) {
      nextIndex++;
    }
    if (nextIndex == manifest.entries().size()) {
      if (unverified.isEmpty()) {
        done();
      }
      return false;
    }
    ByteSource opened = source.open(nextIndex);
    in = opened;
    Plan.Blocks theirs = blocks.take(nextIndex);
    if (theirs == null) {
      start(nextIndex, 0, hashes.get());
    } else {
      alreadyBytes -= theirs.bytes();
      comparison = new BlockComparison(theirs, opened, buffer, hashes.get());
    }
    return true;
  }

  private void start(int index, long from, ContentHash hash) {
    comparison = null;
    alreadyBytes += from;
    Entry entry = manifest.entries().get(index);
    file = new OutgoingFile(entry, Objects.requireNonNull(in), from, hash, buffer);
    options.listener().onFile(entry);
    send(new Begin(index, from));
  }

  private boolean stepFile(OutgoingFile current, long nowNs) throws IOException {
    int available = current.available();
    if (available < 0) {
      end(current);
      return true;
    }
    if (available == 0) {
      wakeNs = nowNs + SOURCE_POLL_NS;
      return false;
    }
    int most = (int) Math.min(available, WINDOW_BYTES - (sentBytes - receivedBytes));
    int length = current.zeros(most);
    if (length > 0) {
      send(new Zeros(length));
    } else {
      length = (int) Math.min(Math.min(most, CHUNK_BYTES), Math.max(1, channel.maxMessageBytes()));
      channel.send(current.buffer(), current.next(), length);
      options.limit().take(length);
      receiverLimit.take(length);
    }
    current.advance(length);
    sentBytes += length;
    return true;
  }

  private void end(OutgoingFile current) throws IOException {
    End end = new End(nextIndex, current.end());
    file = null;
    closeSource();
    unverified.add(end);
    send(end);
    nextIndex++;
  }

  private void done() {
    send(new Done());
    options.listener().onProgress(alreadyBytes + sentBytes);
    finish(new TransferResult(manifest, alreadyBytes, onlyHash));
    channel.close();
  }

  @Override
  public void onLost(String reason) {
    finish(new TransferException(FailureCode.LOST, reason));
  }

  @Override
  TransferException localFailure(IOException e) {
    return new TransferException(FailureCode.SOURCE, "cannot read: " + e.getMessage());
  }

  @Override
  boolean isFinished() {
    return state == State.FINISHED;
  }

  @Override
  void release() {
    state = State.FINISHED;
    closeSource();
  }

  private void closeSource() {
    ByteSource open = in;
    in = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It was read only: nothing is lost.
      }
    }
  }
}
