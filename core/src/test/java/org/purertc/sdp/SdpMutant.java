package org.purertc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Descriptions that are broken at random. */
public final class SdpMutant {
  private static final String BYTES = "\0\r\n =:/,-019amcox\u00e9\ud83d";

  private SdpMutant() {}

  /** The text with one to four random changes. */
  public static String of(String text, Random random) {
    String mutant = text;
    for (int i = random.nextInt(4); i >= 0; i--) {
      mutant = random.nextBoolean() ? changedLines(mutant, random) : changedChars(mutant, random);
    }
    return mutant;
  }

  private static String changedLines(String text, Random random) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String line = lines.get(random.nextInt(lines.size()));
    switch (random.nextInt(3)) {
      case 0 -> lines.remove(line);
      case 1 -> lines.add(random.nextInt(lines.size() + 1), line);
      default ->
          lines.replaceAll(
              other -> other.equals(line) && !line.isEmpty() ? line.substring(1) : other);
    }
    return String.join("\n", lines);
  }

  private static String changedChars(String text, Random random) {
    StringBuilder out = new StringBuilder(text);
    int at = random.nextInt(text.length() + 1);
    char c = BYTES.charAt(random.nextInt(BYTES.length()));
    switch (random.nextInt(4)) {
      case 0 -> out.insert(at, c);
      case 1 -> out.delete(at, Math.min(out.length(), at + 1 + random.nextInt(8)));
      case 2 -> out.insert(at, String.valueOf(c).repeat(random.nextInt(300)));
      default -> {
        if (random.nextInt(20) == 0) {
          out.setLength(at);
        }
      }
    }
    return out.toString();
  }
}
