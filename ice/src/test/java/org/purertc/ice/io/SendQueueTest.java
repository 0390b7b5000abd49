package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendQueueTest {

  private static final InetSocketAddress TO = new InetSocketAddress("127.0.0.1", 9);

  /** A kernel with room for a number of datagrams. */
  private static final class Kernel implements SendQueue.Wire {
    private final List<Integer> sent = new ArrayList<>();
    private int room;
    private boolean unreachable;

    @Override
    public int send(ByteBuffer datagram, SocketAddress to) throws IOException {
      if (unreachable) {
        throw new IOException("Network is unreachable");
      }
      if (room == 0) {
        return 0;
      }
      room--;
      int length = datagram.remaining();
      sent.add((int) datagram.get(0));
      return length;
    }
  }

  private final Kernel kernel = new Kernel();
  private final SendQueue queue = new SendQueue(kernel, ByteBuffer.allocateDirect(100), 10);

  private boolean send(int number, int length) {
    byte[] buffer = new byte[2 + length];
    buffer[2] = (byte) number;
    return queue.send(buffer, 2, length, TO);
  }

  @Test
  void sendsAtOnceWhileTheKernelHasRoom() {
    kernel.room = 2;
    assertThat(send(1, 4)).isTrue();
    assertThat(send(2, 4)).isTrue();
    assertThat(kernel.sent).containsExactly(1, 2);
  }

  @Test
  void keepsWhatTheKernelDoesNotTakeAndSendsItInOrder() {
    assertThat(send(1, 4)).isFalse();
    kernel.room = 5;
    assertThat(send(2, 4)).isFalse();
    assertThat(kernel.sent).isEmpty();
    assertThat(queue.flush()).isTrue();
    assertThat(kernel.sent).containsExactly(1, 2);
    assertThat(queue.waitingBytes()).isZero();
    assertThat(send(3, 4)).isTrue();
  }

  @Test
  void staysBlockedWhileTheKernelTakesOnlyAPart() {
    send(1, 4);
    send(2, 4);
    kernel.room = 1;
    assertThat(queue.flush()).isFalse();
    assertThat(kernel.sent).containsExactly(1);
    assertThat(queue.waitingBytes()).isEqualTo(4);
  }

  @Test
  void losesWhatDoesNotFitAndCountsIt() {
    send(1, 4);
    send(2, 4);
    assertThat(send(3, 4)).isFalse();
    assertThat(queue.lostDatagrams()).isEqualTo(1);
    assertThat(queue.waitingBytes()).isEqualTo(8);
    kernel.room = 9;
    queue.flush();
    assertThat(kernel.sent).containsExactly(1, 2);
  }

  @Test
  void oneDatagramLargerThanTheBoundIsKept() {
    assertThat(send(1, 50)).isFalse();
    kernel.room = 1;
    assertThat(queue.flush()).isTrue();
    assertThat(kernel.sent).containsExactly(1);
  }

  @Test
  void anErrorLosesTheDatagramAndDoesNotBlock() {
    kernel.unreachable = true;
    assertThat(send(1, 4)).isTrue();
    assertThat(queue.lostDatagrams()).isEqualTo(1);
  }

  @Test
  void anErrorWhileFlushingLosesWhatWaits() {
    send(1, 4);
    send(2, 4);
    kernel.unreachable = true;
    assertThat(queue.flush()).isTrue();
    assertThat(queue.lostDatagrams()).isEqualTo(2);
  }

  @Test
  void keepsACopy() {
    byte[] buffer = {1, 2, 3};
    queue.send(buffer, 0, 3, TO);
    buffer[0] = 9;
    kernel.room = 1;
    queue.flush();
    assertThat(kernel.sent).containsExactly(1);
  }
}
