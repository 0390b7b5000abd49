package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UfragRouterTest {

  private static final InetSocketAddress FROM = new InetSocketAddress("127.0.0.1", 9);
  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_INDICATION = 0x0011;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int BINDING_ERROR = 0x0111;
  private static final int USERNAME = 0x0006;
  private static final int SOFTWARE = 0x8022;

  private static final class Session implements UfragRouter.Session {
    private final String ufrag;
    private final List<String> seen = new ArrayList<>();
    private boolean takesStun = true;
    private boolean validated = true;

    Session(String ufrag) {
      this.ufrag = ufrag;
    }

    @Override
    public boolean answersTo(String asked) {
      return ufrag.equals(asked);
    }

    @Override
    public boolean receiveStun(
        byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs) {
      seen.add("stun on " + path.number());
      return takesStun;
    }

    @Override
    public boolean isValidated(PathId path, InetSocketAddress from) {
      return validated;
    }

    @Override
    public void receiveData(byte[] buffer, int offset, int length, long nowNs) {
      seen.add("data " + length);
    }

    @Override
    public void onWritable(long nowNs) {
      seen.add("writable");
    }
  }

  private final Session ours = new Session("ours");
  private final Session theirs = new Session("theirs");
  private final UfragRouter router = new UfragRouter(new PathId(3));

  UfragRouterTest() {
    router.add(ours);
    router.add(theirs);
  }

  /** A STUN message with SOFTWARE (padded) before the username. */
  private static byte[] stun(int type, String username) {
    byte[] name = username.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(200);
    out.putShort((short) type).putShort((short) 0).putInt(0x2112A442).put(new byte[12]);
    out.putShort((short) SOFTWARE).putShort((short) 5).put(new byte[8]);
    out.putShort((short) USERNAME).putShort((short) name.length).put(name);
    byte[] bytes = new byte[(out.position() + 3) & ~3];
    out.flip().get(bytes, 0, out.limit());
    return bytes;
  }

  private void receive(byte[] datagram) {
    byte[] buffer = new byte[datagram.length + 7];
    System.arraycopy(datagram, 0, buffer, 7, datagram.length);
    router.onDatagram(buffer, 7, datagram.length, FROM, 0);
  }

  @Test
  void givesARequestToTheSessionWhoseUfragItNames() {
    receive(stun(BINDING_REQUEST, "theirs:remote"));
    assertThat(theirs.seen).containsExactly("stun on 3");
    assertThat(ours.seen).isEmpty();
  }

  @Test
  void dropsARequestForAnUnknownUfragOrWithoutOne() {
    receive(stun(BINDING_REQUEST, "other:remote"));
    receive(stun(BINDING_REQUEST, "ours"));
    receive(new byte[20]);
    assertThat(ours.seen).isEmpty();
    assertThat(theirs.seen).isEmpty();
    assertThat(router.droppedDatagrams()).isEqualTo(3);
  }

  @Test
  void givesAResponseToTheSessionThatKnowsItsTransaction() {
    ours.takesStun = false;
    receive(stun(BINDING_SUCCESS, ""));
    receive(stun(BINDING_ERROR, ""));
    assertThat(theirs.seen).containsExactly("stun on 3", "stun on 3");
    theirs.takesStun = false;
    receive(stun(BINDING_SUCCESS, ""));
    assertThat(router.droppedDatagrams()).isEqualTo(1);
  }

  @Test
  void offersAnIndicationToAll() {
    ours.takesStun = false;
    receive(stun(BINDING_INDICATION, ""));
    assertThat(theirs.seen).containsExactly("stun on 3");
  }

  @Test
  void givesDataToTheSessionThatValidatedItsAddress() {
    ours.validated = false;
    receive(new byte[] {22, 1, 2});
    assertThat(theirs.seen).containsExactly("data 3");
    assertThat(ours.seen).isEmpty();
  }

  @Test
  void dropsDataFromAnAddressThatNobodyValidated() {
    ours.validated = false;
    theirs.validated = false;
    receive(new byte[] {22, 1, 2});
    assertThat(router.droppedDatagrams()).isEqualTo(1);
  }

  @Test
  void dropsEmptyAndTruncatedDatagrams() {
    receive(new byte[0]);
    receive(new byte[19]);
    assertThat(router.droppedDatagrams()).isEqualTo(2);
  }

  @Test
  void tellsAllThatThePortIsWritable() {
    router.onWritable(0);
    assertThat(ours.seen).containsExactly("writable");
    assertThat(theirs.seen).containsExactly("writable");
  }

  @Test
  void neverThrowsOnGarbage() {
    long seed = 20261121;
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] datagram = stun(BINDING_REQUEST, "theirs:remote");
      for (int flips = random.nextInt(6); flips > 0; flips--) {
        datagram[1 + random.nextInt(datagram.length - 1)] = (byte) random.nextInt();
      }
      int length = random.nextInt(datagram.length + 1);
      router.onDatagram(datagram, 0, length, FROM, 0);
    }
  }
}
