package org.purertc.samples.signaling.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In virtual time, with the client's packets written by hand. */
class EngineSessionTest {
  private final List<String> heard = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final EngineSession session = new EngineSession("id", 1_000, new Recorder(), 0);
  private int closed;
  private int writable;

  private final class Recorder implements EngineSession.Listener {
    @Override
    public void onMessage(String text, long nowNs) {
      heard.add(text);
    }

    @Override
    public void onWritable() {
      writable++;
    }

    @Override
    public void onClosed() {
      closed++;
    }
  }

  /** A WebSocket that takes packets when it is told to. */
  private static final class FakeSocket implements EngineSession.Socket {
    final List<String> sent = new ArrayList<>();
    boolean closed;

    @Override
    public void send(String packet) {
      sent.add(packet);
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void abort() {
      closed = true;
    }
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void theFirstPacketSaysHowTheSessionIs() {
    assertThat(session.open())
        .isEqualTo(
            "0{\"sid\":\"id\",\"upgrades\":[\"websocket\"],\"pingInterval\":20000,"
                + "\"pingTimeout\":20000,\"maxPayload\":1000}");
    FakeSocket socket = new FakeSocket();
    session.begin(socket);
    assertThat(socket.sent).singleElement().asString().contains("\"upgrades\":[]");
  }

  @Test
  void oneAnswerCarriesAllThatWaits() {
    session.send("a");
    session.send("b");
    session.flush();
    session.poll(answers::add);
    assertThat(answers).containsExactly("4a\u001e4b");
    session.poll(answers::add);
    assertThat(answers).hasSize(1);
    session.send("c");
    session.flush();
    assertThat(answers).containsExactly("4a\u001e4b", "4c");
  }

  @Test
  void oneRequestCarriesManyMessages() {
    assertThat(session.receive("4a\u001e4b", 0)).isTrue();
    assertThat(heard).containsExactly("a", "b");
  }

  @Test
  void aSecondRequestThatWaitsEndsTheSession() {
    session.poll(answers::add);
    assertThat(session.poll(answers::add)).isFalse();
    assertThat(answers).containsExactly("1");
    assertThat(closed).isOne();
    assertThat(session.receive("4late", 0)).isFalse();
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1", "bAQID", "4a\u001e"})
  void whatIsNoPacketEndsTheSession(String payload) {
    session.receive(payload, 0);
    assertThat(closed).isOne();
  }

  @Test
  void aClientThatAnswersPingsStays() {
    for (int i = 1; i <= 100; i++) {
      session.poll(answers::add);
      session.onTick(seconds(20L * i));
      assertThat(answers).hasSize(i).last().isEqualTo("2");
      session.receive("3", seconds(20L * i));
    }
    assertThat(closed).isZero();
  }

  @Test
  void aClientThatAnswersNoPingIsGone() {
    session.onTick(seconds(20));
    session.onTick(seconds(39));
    assertThat(closed).isZero();
    session.onTick(seconds(40));
    assertThat(closed).isOne();
    session.onTick(seconds(80));
    assertThat(closed).isOne();
  }

  @Test
  void aSessionChangesFromRequestsToAWebSocket() {
    FakeSocket socket = new FakeSocket();
    session.poll(answers::add);
    session.probe(socket, 0);
    session.receive(socket, "2probe", 0);
    assertThat(socket.sent).containsExactly("3probe");
    // The request that waited is let go, and so is one that was under way.
    assertThat(answers).containsExactly("6");
    session.poll(answers::add);
    assertThat(answers).containsExactly("6", "6");
    session.send("a");
    session.send("b");
    session.flush();
    session.receive(socket, "5", 0);
    assertThat(socket.sent).containsExactly("3probe", "4a");
    session.onSent(socket);
    assertThat(socket.sent).containsExactly("3probe", "4a", "4b");
    session.receive(socket, "4c", 0);
    assertThat(heard).containsExactly("c");
    session.lost(socket);
    assertThat(closed).isOne();
  }

  @Test
  void whatIsSentWhileAWebSocketIsTriedComesByRequests() {
    FakeSocket socket = new FakeSocket();
    session.probe(socket, 0);
    session.send("a");
    session.poll(answers::add);
    assertThat(answers).containsExactly("4a");
    session.onTick(seconds(11));
    assertThat(socket.closed).isTrue();
    assertThat(closed).isZero();
    session.receive(socket, "5", seconds(12));
    session.poll(answers::add);
    session.send("b");
    session.flush();
    assertThat(answers).containsExactly("4a", "4b");
  }

  @Test
  void onlyOneWebSocketMayTry() {
    FakeSocket first = new FakeSocket();
    FakeSocket second = new FakeSocket();
    session.probe(first, 0);
    session.probe(second, 0);
    assertThat(second.closed).isTrue();
    session.receive(second, "5", 0);
    session.receive(first, "4too early", 0);
    assertThat(first.closed).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void whatWaitsIsBoundedByWhoAsksWhetherItMaySend() {
    FakeSocket socket = new FakeSocket();
    session.begin(socket);
    int sent = 0;
    while (session.isWritable()) {
      session.send("x".repeat(1_000));
      sent++;
    }
    assertThat(sent).isBetween(60, 70);
    session.onSent(socket);
    session.onSent(socket);
    assertThat(session.isWritable()).isTrue();
    assertThat(writable).isOne();
  }

  @Test
  void whoNeverReadsIsSentAway() {
    for (int i = 0; i <= 4_000; i++) {
      assertThat(closed).as("after %d packets", i).isZero();
      session.send("answer");
      session.flush();
    }
    assertThat(closed).isOne();
  }

  @Test
  void whatWasSentLeavesBeforeTheEnd() {
    session.send("last words");
    session.close();
    session.send("too late");
    assertThat(closed).isZero();
    session.poll(answers::add);
    assertThat(answers).containsExactly("4last words\u001e1");
    assertThat(closed).isOne();
  }

  /** Whatever a client says, nothing is thrown and the session is closed once at most. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyPacketsInAnyOrder(long seed) {
    Random random = new Random(seed);
    String[] packets = {"2probe", "5", "4x", "3", "1", "6", "b", "", "4a\u001e4b", "2"};
    FakeSocket[] sockets = {new FakeSocket(), new FakeSocket(), new FakeSocket()};
    for (int i = 0; i < 50; i++) {
      FakeSocket socket = sockets[random.nextInt(sockets.length)];
      String packet = packets[random.nextInt(packets.length)];
      switch (random.nextInt(8)) {
        case 0 -> session.poll(answers::add);
        case 1 -> session.receive(packet, seconds(i));
        case 2 -> session.probe(socket, seconds(i));
        case 3 -> session.receive(socket, packet, seconds(i));
        case 4 -> session.onSent(socket);
        case 5 -> session.lost(socket);
        case 6 -> session.onTick(seconds(i));
        default -> {
          session.send("y");
          session.flush();
        }
      }
    }
    session.abort();
    assertThat(closed).as("seed %d", seed).isOne();
    int said = answers.size();
    session.send("z");
    session.flush();
    session.onTick(seconds(1_000));
    assertThat(answers).hasSize(said);
  }
}
