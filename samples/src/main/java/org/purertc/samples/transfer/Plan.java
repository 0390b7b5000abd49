package org.purertc.samples.transfer;

import java.util.List;

/**
 * What a target has already.
 *
 * @param skips indices of complete files, ascending
 * @param haves leading blocks of others
 */
public record Plan(List<Integer> skips, List<Blocks> haves) {

  /** Nothing. */
  public static final Plan EVERYTHING = new Plan(List.of(), List.of());

  /**
   * The leading blocks of a file.
   *
   * @param block bytes in each
   * @param hashes SHA-256 of each, one after the other, 32 bytes each
   */
  public record Blocks(int file, long block, byte[] hashes) {
    public int count() {
      return hashes.length / ContentHash.BYTES;
    }

    public long bytes() {
      return block * count();
    }
  }
}
