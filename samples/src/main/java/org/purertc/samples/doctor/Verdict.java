package org.purertc.samples.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.purertc.samples.web.Assets;

/**
 * One sentence about this machine's network.
 *
 * @param key names the sentence in {@code doctor-words.json}, which the page reads, too
 * @param advice what to do; empty when nothing is to be done
 */
record Verdict(String key, Kind kind, String text, String advice) {
  private static final JsonNode WORDS = words();

  /** How bad it is. */
  enum Kind {
    GOOD,
    NOTE,
    WARNING,
    BAD;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The sentence of that key, its {@code {names}} replaced by values. */
  static Verdict of(String key, Map<String, ?> values) {
    JsonNode words = WORDS.get(key);
    if (words == null) {
      throw new IllegalArgumentException("no words for " + key);
    }
    return new Verdict(
        key,
        Kind.valueOf(words.get("kind").asText().toUpperCase(Locale.ROOT)),
        fill(words.get("text").asText(), values),
        fill(words.path("advice").asText(), values));
  }

  private static String fill(String text, Map<String, ?> values) {
    String filled = text;
    for (Map.Entry<String, ?> each : values.entrySet()) {
      filled = filled.replace("{" + each.getKey() + "}", String.valueOf(each.getValue()));
    }
    return filled;
  }

  private static JsonNode words() {
    try (InputStream in = Assets.class.getResourceAsStream("doctor-words.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
