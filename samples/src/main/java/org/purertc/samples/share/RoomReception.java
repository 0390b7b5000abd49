package org.purertc.samples.share;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.mesh.MeshPeer;
import org.purertc.samples.signaling.mesh.MeshProgram;
import org.purertc.samples.signaling.mesh.RoomMesh;
import org.purertc.samples.signaling.protocol.Member;
import org.purertc.samples.terminal.CommandFailure;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.TransferChannel;
import org.purertc.samples.transfer.TransferEnd;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferResult;

/** One stay in a room, for whoever offers something there first. */
final class RoomReception implements Attempt, MeshProgram {
  /** For the last word to the sender. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final Duration FOR_EVER = Duration.ofDays(10_000);

  private final MeetingRoom room;
  private final PeerConnectionFactory factory;
  private final Reporter reporter;
  private final @Nullable Duration limit;
  private final Function<TransferChannel, TransferEnd> ends;
  private final CompletableFuture<RoomSender> chosen = new CompletableFuture<>();
  private final CompletableFuture<TransferResult> result = new CompletableFuture<>();
  private volatile @Nullable RoomMesh entered;

  /**
   * Does nothing yet.
   *
   * @param limit how long to wait for a sender; null for any time
   * @param ends makes the end of the transfer
   */
  RoomReception(
      MeetingRoom room,
      PeerConnectionFactory factory,
      Reporter reporter,
      @Nullable Duration limit,
      Function<TransferChannel, TransferEnd> ends) {
    this.room = room;
    this.factory = factory;
    this.reporter = reporter;
    this.limit = limit;
    this.ends = ends;
  }

  @Override
  public TransferResult run(Runnable onContact, Consumer<String> onPath) throws TransferException {
    reporter.stage("entering room " + room.name() + " at " + room.server());
    var unused =
        chosen.thenAccept(
            sender -> {
              onContact.run();
              onPath.accept(sender.path());
              reporter.stage("connected, " + sender.path());
            });
    try (RoomMesh mesh = room.join(factory, this)) {
      entered = mesh;
      reporter.stage("in room " + room.name() + " as " + mesh.member());
      awaitSender();
      return awaitResult();
    }
  }

  private void awaitSender() throws TransferException {
    CompletableFuture<?> either = CompletableFuture.anyOf(chosen, result);
    Duration most = limit == null ? FOR_EVER : limit;
    try {
      either.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new CommandFailure(
          "nobody offers anything in room " + room.name() + ": waited " + most.toSeconds() + " s",
          ExitCodes.NETWORK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransferException(FailureCode.LEFT, "interrupted");
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private TransferResult awaitResult() throws TransferException {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransferException(FailureCode.LEFT, "interrupted");
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      farewell();
    }
  }

  private static TransferException failure(ExecutionException e) {
    return e.getCause() instanceof TransferException it
        ? it
        : new TransferException(FailureCode.OTHER, String.valueOf(e.getCause()));
  }

  private void farewell() {
    RoomSender sender = chosen.getNow(null);
    if (sender != null) {
      var unused = sender.peer().closeGracefully(FAREWELL).handle((done, late) -> true).join();
    }
  }

  /** Who has a sender needs no other connection, also when the server was started anew. */
  @Override
  public boolean wants(Member member) {
    return !chosen.isDone();
  }

  @Override
  public MeshPeer meet(Member member, RTCPeerConnection peer) {
    reporter.stage(member.name() + " is in the room");
    return new RoomSender(member.name(), peer, new Choice());
  }

  /** What the members need to know of each other. */
  final class Choice {
    /** Whether {@code sender}, who offers something, is the one that is taken. */
    boolean take(RoomSender sender) {
      return chosen.complete(sender);
    }

    TransferEnd begin(TransferChannel channel) {
      TransferEnd end = ends.apply(channel);
      var unused =
          end.result()
              .whenComplete(
                  (done, thrown) -> {
                    if (done != null) {
                      result.complete(done);
                    } else {
                      result.completeExceptionally(thrown);
                    }
                  });
      return end;
    }

    void lost(String reason) {
      result.completeExceptionally(new TransferException(FailureCode.LOST, reason));
    }

    void stage(String line) {
      reporter.stage(line);
    }
  }

  @Override
  public void onInterrupted(String reason) {
    reporter.stage("signalling is interrupted: " + reason);
  }

  /** A transfer that has begun goes on. */
  @Override
  public void onClosed(String reason) {
    if (!chosen.isDone()) {
      result.completeExceptionally(
          new TransferException(FailureCode.LEFT, "out of the room: " + reason));
    }
  }

  @Override
  public void leave() {
    RoomSender sender = chosen.getNow(null);
    if (sender != null) {
      sender.leave("interrupted");
    }
    result.completeExceptionally(new TransferException(FailureCode.LEFT, "interrupted"));
    farewell();
    RoomMesh mesh = entered;
    if (mesh != null) {
      mesh.close();
    }
  }

  @Override
  public void close() {
    RoomSender sender = chosen.getNow(null);
    if (sender != null) {
      sender.peer().close();
    }
  }
}
