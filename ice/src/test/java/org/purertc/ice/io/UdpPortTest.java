package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpPortTest {

  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  private final LoopThread thread = new LoopThread("port");
  private final NioNetwork network = new NioNetwork();

  @AfterEach
  void endLoop() {
    thread.close();
  }

  private UdpPort open(Network.DatagramReceiver receiver) {
    return thread.call(() -> (UdpPort) network.open(thread.loop, any("127.0.0.1"), receiver));
  }

  private static InetSocketAddress any(String address) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(address), 0);
  }

  private boolean send(UdpPort port, byte[] bytes, InetSocketAddress to) {
    return thread.call(() -> port.send(bytes, 0, bytes.length, to));
  }

  @Test
  void carriesADatagramOverLoopback() {
    var received = new Received();
    UdpPort a = open(new Received());
    UdpPort b = open(received);
    assertThat(send(a, HELLO, b.localAddress())).isTrue();
    Received.Datagram datagram = received.next();
    assertThat(datagram.bytes()).isEqualTo(HELLO);
    assertThat(datagram.from()).isEqualTo(a.localAddress());
    thread.run(a::close);
    thread.run(b::close);
  }

  @Test
  void carriesTheLargestDatagramWhole() {
    var received = new Received();
    UdpPort a = open(received);
    byte[] largest = new byte[65_507];
    largest[65_506] = 7;
    assertThat(send(a, largest, a.localAddress())).isTrue();
    assertThat(received.next().bytes()).isEqualTo(largest);
    thread.run(a::close);
  }

  @Test
  void readsABurstLongerThanATurn() {
    int count = 3 * UdpPort.MAX_DATAGRAMS_PER_TURN;
    var received = new Received();
    UdpPort a = open(received);
    thread.run(
        () -> {
          for (int i = 0; i < count; i++) {
            a.send(new byte[] {(byte) i, (byte) (i >> 8)}, 0, 2, a.localAddress());
          }
        });
    for (int i = 0; i < count; i++) {
      assertThat(received.next().bytes()).containsExactly(i, i >> 8);
    }
    thread.run(a::close);
  }

  @Test
  void anErrorOfTheKernelIsALossAndNothingElse() throws IOException {
    var received = new Received();
    UdpPort a = open(received);
    // Port 0 and an address of the other family are refused; nobody listens on the third.
    InetSocketAddress refusing;
    try (var socket = new DatagramSocket(any("127.0.0.1"))) {
      refusing = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    assertThat(send(a, HELLO, any("127.0.0.1"))).isTrue();
    assertThat(send(a, HELLO, new InetSocketAddress(InetAddress.getByName("::1"), 9))).isTrue();
    assertThat(send(a, new byte[65_508], a.localAddress())).isTrue();
    assertThat(thread.call(a::lostDatagrams)).isEqualTo(3);
    assertThat(send(a, HELLO, refusing)).isTrue();
    assertThat(send(a, HELLO, a.localAddress())).isTrue();
    assertThat(received.next().bytes()).isEqualTo(HELLO);
    thread.run(a::close);
  }

  @Test
  void aReceiverThatThrowsLosesOnlyItsDatagram() {
    var second = new CompletableFuture<Integer>();
    var calls = new AtomicInteger();
    UdpPort a =
        open(
            new Network.DatagramReceiver() {
              @Override
              public void onDatagram(
                  byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
                if (calls.incrementAndGet() == 1) {
                  throw new IllegalStateException("on purpose: a receiver that throws");
                }
                second.complete(length);
              }

              @Override
              public void onWritable(long nowNs) {}
            });
    thread.run(
        () -> {
          a.send(HELLO, 0, HELLO.length, a.localAddress());
          a.send(HELLO, 0, HELLO.length, a.localAddress());
        });
    assertThat(LoopThread.await(second)).isEqualTo(HELLO.length);
    thread.run(a::close);
  }

  @Test
  void closedByItsReceiverItReadsNoFurther() {
    var calls = new AtomicInteger();
    var closed = new CompletableFuture<Void>();
    var port = new CompletableFuture<UdpPort>();
    UdpPort a =
        open(
            new Network.DatagramReceiver() {
              @Override
              public void onDatagram(
                  byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
                calls.incrementAndGet();
                port.join().close();
                closed.complete(null);
              }

              @Override
              public void onWritable(long nowNs) {}
            });
    port.complete(a);
    thread.run(
        () -> {
          for (int i = 0; i < 3; i++) {
            a.send(HELLO, 0, HELLO.length, a.localAddress());
          }
        });
    LoopThread.await(closed);
    thread.run(a::close);
    assertThat(thread.call(calls::get)).isEqualTo(1);
    assertThat(send(a, HELLO, a.localAddress())).isTrue();
  }

  @Test
  void givesThePortBackWhenClosed() {
    UdpPort a = open(new Received());
    thread.run(a::close);
    UdpPort again =
        thread.call(() -> (UdpPort) network.open(thread.loop, a.localAddress(), new Received()));
    assertThat(again.localAddress()).isEqualTo(a.localAddress());
    thread.run(again::close);
  }

  @Test
  void opensOnlyOnItsLoopAndOnOneAddress() throws IOException {
    assertThatIllegalStateException()
        .isThrownBy(() -> network.open(thread.loop, any("127.0.0.1"), new Received()))
        .withMessageContaining("execute()");
    String refusal =
        thread.call(
            () -> {
              try {
                return "opened " + network.open(thread.loop, any("0.0.0.0"), new Received());
              } catch (IllegalArgumentException e) {
                return e.getMessage();
              }
            });
    assertThat(refusal).contains("one address of this host");
  }

  @Test
  void refusesALoopOfAnotherKind() {
    var other = new ForeignLoop();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.open(other, any("127.0.0.1"), new Received()))
        .withMessageContaining("EventLoop")
        .withMessageContaining("ForeignLoop");
  }

  private static final class ForeignLoop implements Loop {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public boolean inLoop() {
      return true;
    }

    @Override
    public long nowNs() {
      return 0;
    }

    @Override
    public LoopTimer timer(Timed timed) {
      throw new UnsupportedOperationException("no timers here");
    }

    @Override
    public void drainLater(Drain drain) {
      drain.drain(0);
    }
  }
}
