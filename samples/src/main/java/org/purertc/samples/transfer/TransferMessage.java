package org.purertc.samples.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The text messages of a transfer, described in {@code docs/transfer.md}. */
sealed interface TransferMessage {

  /** The receiver asks for the file; {@code bytes} is a wish, 0 for none. */
  record Fetch(long bytes) implements TransferMessage {}

  /** The sender names the file. */
  record Offer(String name, long bytes) implements TransferMessage {}

  /** The receiver wants the bytes. */
  record Accept() implements TransferMessage {}

  /** The receiver has taken so many bytes; the sender may go one window beyond. */
  record Received(long bytes) implements TransferMessage {}

  /** All bytes are sent. */
  record End(String sha256) implements TransferMessage {}

  /** The receiver has the file and its hash is the sender's. */
  record Verified(String sha256) implements TransferMessage {}

  /** Either side gives up. */
  record Failed(String reason) implements TransferMessage {}

  ObjectMapper JSON = new ObjectMapper();

  default String write() {
    ObjectNode node = JSON.createObjectNode();
    if (this instanceof Fetch it) {
      node.put("type", "fetch").put("size", it.bytes());
    } else if (this instanceof Offer it) {
      node.put("type", "file").put("name", it.name()).put("size", it.bytes());
    } else if (this instanceof Accept) {
      node.put("type", "accept");
    } else if (this instanceof Received it) {
      node.put("type", "received").put("bytes", it.bytes());
    } else if (this instanceof End it) {
      node.put("type", "end").put("sha256", it.sha256());
    } else if (this instanceof Verified it) {
      node.put("type", "verified").put("sha256", it.sha256());
    } else if (this instanceof Failed it) {
      node.put("type", "failed").put("reason", it.reason());
    }
    return node.toString();
  }

  static TransferMessage read(String text) throws TransferException {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new TransferException("the other side sent text that is not JSON");
    }
    return switch (node.path("type").asText()) {
      case "fetch" -> new Fetch(Math.max(0, node.path("size").asLong()));
      case "file" -> new Offer(node.path("name").asText(), node.path("size").asLong(-1));
      case "accept" -> new Accept();
      case "received" -> new Received(node.path("bytes").asLong());
      case "end" -> new End(node.path("sha256").asText());
      case "verified" -> new Verified(node.path("sha256").asText());
      case "failed" -> new Failed(oneLine(node.path("reason").asText()));
      default -> throw new TransferException("the other side sent an unknown message");
    };
  }

  /** A reason is shown on a terminal: no control character of the other side gets there. */
  private static String oneLine(String reason) {
    String clean = reason.replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() > 300 ? clean.substring(0, 300) + "…" : clean;
  }
}
