package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.DataTransferTest.bytes;
import static org.purertc.internal.sctp.SctpPair.ms;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.purertc.internal.util.ByteWriter;

/** Packets of a real association, damaged, into associations in every state. */
class SctpFuzzTest {
  private static final int SEEDS = 40;
  private static final int PACKETS_PER_SEED = 600;
  private static final int HEADER_BYTES = 12;

  /** What two associations say to each other from the first INIT to the last SHUTDOWN. */
  private static List<byte[]> recordedPackets(boolean toA) {
    List<byte[]> packets = new ArrayList<>();
    LossyNetwork network = LossyNetwork.with(5).lossPercent(10).reorderPercent(10);
    SctpPair pair = SctpPair.over(network, 1);
    network.dropping(
        p -> {
          if (p.toA() == toA) {
            packets.add(p.bytes());
          }
          return false;
        });
    pair.connect();
    for (int i = 0; i < 20; i++) {
      SendOptions options = i % 3 == 0 ? new SendOptions(true, 0, -1) : SendOptions.RELIABLE;
      pair.send(pair.a, i % 5, bytes(1 + i * 300, i), options);
      pair.send(pair.b, i % 5, bytes(1 + i * 300, i), options);
      pair.runFor(ms(20));
    }
    pair.a.association.resetStreams(new int[] {1, 2}, pair.nowNs());
    pair.b.association.resetStreams(new int[] {1, 3}, pair.nowNs());
    pair.runFor(ms(40_000));
    pair.a.association.shutdown(pair.nowNs());
    pair.runFor(ms(10_000));
    return packets;
  }

  /** An association to be damaged, and the tag that it takes packets with. */
  private record Victim(SctpEnd end, long tag) {
    static Victim established() {
      SctpPair pair = SctpPair.connected();
      return new Victim(pair.a, tagOf(pair));
    }

    /** With the same numbers as the one that was recorded. */
    static Victim beginning() {
      SctpEnd end = SctpEnd.with(1 * 2 + 1);
      end.connect(0);
      return new Victim(end, initiateTag(end.takePackets().get(0)));
    }

    boolean isClosed() {
      return end.events.stream().anyMatch(e -> e.startsWith("closed"));
    }
  }

  @Test
  void damagedPacketsHarmNoEstablishedAssociation() {
    fuzz(Victim::established);
  }

  @Test
  void damagedPacketsHarmNoAssociationThatBegins() {
    fuzz(Victim::beginning);
  }

  private static void fuzz(Supplier<Victim> victims) {
    List<byte[]> recorded = recordedPackets(true);
    int packets = 0;
    int closed = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      Victim victim = begin(victims);
      for (int i = 0; i < PACKETS_PER_SEED; i++) {
        if (victim.isClosed()) {
          closed++;
          victim = begin(victims);
        }
        byte[] packet = damage(recorded.get(random.nextInt(recorded.size())).clone(), random);
        if (random.nextInt(10) > 0 && packet.length > HEADER_BYTES) {
          seal(packet, victim.tag);
        }
        feed(victim.end, packet, random, seed);
        packets++;
      }
    }
    // Most packets reach an association that lives.
    assertThat(closed).isLessThan(packets / 10);
  }

  private static Victim begin(Supplier<Victim> victims) {
    Victim victim = victims.get();
    SctpEnd end = victim.end;
    end.association.send(0, 53, bytes(50_000, 1), SendOptions.RELIABLE, end.nowNs);
    return victim;
  }

  private static void feed(SctpEnd end, byte[] packet, Random random, long seed) {
    try {
      end.receive(packet);
      assertThat(end.drain()).as("packets, seed " + seed).isLessThan(200);
      end.takePackets();
      end.nowNs += ms(random.nextInt(30));
      if (end.association.nextDeadlineNs() <= end.nowNs) {
        end.association.onDeadline(end.nowNs);
        assertThat(end.association.nextDeadlineNs()).as("seed " + seed).isGreaterThan(end.nowNs);
      }
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
    assertThat(end.received.size()).as("messages, seed " + seed).isLessThan(100_000);
  }

  private static byte[] damage(byte[] packet, Random random) {
    switch (random.nextInt(5)) {
      case 0 -> {
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
          packet[random.nextInt(packet.length)] = (byte) random.nextInt();
        }
      }
      case 1 -> {
        byte[] shorter = new byte[1 + random.nextInt(packet.length)];
        System.arraycopy(packet, 0, shorter, 0, shorter.length);
        return shorter;
      }
      case 2 -> packet[HEADER_BYTES] = (byte) random.nextInt(16); // another chunk type
      case 3 -> {
        // Counts, lengths and sequence numbers stand at the start of a chunk.
        int at = Math.min(packet.length - 1, HEADER_BYTES + random.nextInt(24));
        packet[at] ^= (byte) (1 << random.nextInt(8));
      }
      default -> {}
    }
    return packet;
  }

  /** Right tag and checksum, so that the damage reaches the chunks. */
  private static void seal(byte[] packet, long tag) {
    new ByteWriter(packet, 0).u16(5000).u16(5000).u32(tag).u32(0);
    CRC32C crc = new CRC32C();
    crc.update(packet);
    new ByteWriter(packet, 8).u32(Integer.reverseBytes((int) crc.getValue()));
  }

  private static long initiateTag(byte[] init) {
    return u32(init, HEADER_BYTES + 4);
  }

  /** The tag that b puts into packets for a. */
  private static long tagOf(SctpPair pair) {
    pair.send(pair.b, 0, new byte[] {1});
    pair.b.drain();
    return u32(pair.b.takePackets().get(0), 4);
  }

  private static long u32(byte[] bytes, int at) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(at));
  }
}
