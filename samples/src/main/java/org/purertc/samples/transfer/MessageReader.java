package org.purertc.samples.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.purertc.samples.transfer.TransferMessage.Accept;
import org.purertc.samples.transfer.TransferMessage.Begin;
import org.purertc.samples.transfer.TransferMessage.Done;
import org.purertc.samples.transfer.TransferMessage.End;
import org.purertc.samples.transfer.TransferMessage.Entries;
import org.purertc.samples.transfer.TransferMessage.Failed;
import org.purertc.samples.transfer.TransferMessage.Have;
import org.purertc.samples.transfer.TransferMessage.Offer;
import org.purertc.samples.transfer.TransferMessage.Received;
import org.purertc.samples.transfer.TransferMessage.Skip;
import org.purertc.samples.transfer.TransferMessage.Verified;
import org.purertc.samples.transfer.TransferMessage.Zeros;

/** Reads what the other side says; whatever is not as described is a failure. */
final class MessageReader {
  /** Hashes in one {@code have}. */
  static final int MAX_HASHES = 256;

  private static final int MAX_REASON_CHARS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SHORT_TEXT = Pattern.compile("[A-Za-z0-9_-]{0,128}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private final JsonNode node;

  private MessageReader(JsonNode node) {
    this.node = node;
  }

  static TransferMessage read(String text) throws TransferException {
    try {
      JsonNode node = JSON.readTree(text);
      return new MessageReader(node).message(node.path("type").asText());
    } catch (JsonProcessingException e) {
      throw wrong("text that is not JSON");
    }
  }

  private TransferMessage message(String type) throws TransferException {
    return switch (type) {
      case "hello" -> hello();
      case "entries" -> new Entries(entries());
      case "offer" ->
          new Offer(
              number("files"),
              node.path("bytes").isMissingNode() ? Entry.UNKNOWN : number("bytes"));
      case "have" -> new Have(index("file"), number("block"), hashes());
      case "skip" -> new Skip(files());
      case "accept" -> new Accept(optional("limit"));
      case "file" -> new Begin(index("file"), number("from"));
      case "zeros" -> new Zeros(number("bytes"));
      case "received" -> new Received(number("bytes"));
      case "end" -> new End(index("file"), hash(node.path("sha256")));
      case "verified" -> new Verified(index("file"), hash(node.path("sha256")));
      case "done" -> new Done();
      case "failed" ->
          new Failed(FailureCode.of(text("code")), oneLine(node.path("reason").asText()));
      default -> throw wrong("an unknown message");
    };
  }

  private Hello hello() throws TransferException {
    if (number("version") != MessageWriter.VERSION) {
      throw new TransferException(
          FailureCode.PROTOCOL, "the other side speaks another version of the protocol");
    }
    Role role =
        switch (text("role")) {
          case "sender" -> Role.SENDER;
          case "receiver" -> Role.RECEIVER;
          default -> throw wrong("a hello without a role");
        };
    return new Hello(role, shortText("proof"), shortText("receiver"), optional("wish"));
  }

  private List<Entry> entries() throws TransferException {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode entry : array("entries")) {
      entries.add(new MessageReader(entry).entry());
    }
    return entries;
  }

  private Entry entry() throws TransferException {
    String path = text("path");
    return switch (EntryKind.of(text("kind"))) {
      case LINK -> Entry.link(path, text("target"));
      case DIRECTORY -> Entry.directory(path, time());
      case FILE ->
          Entry.file(
              path,
              node.path("size").isMissingNode() ? Entry.UNKNOWN : number("size"),
              time(),
              node.path("executable").asBoolean(false));
    };
  }

  private byte[] hashes() throws TransferException {
    JsonNode list = array("hashes");
    if (list.isEmpty() || list.size() > MAX_HASHES) {
      throw wrong("a list of hashes that is empty or too long");
    }
    byte[] hashes = new byte[list.size() * ContentHash.BYTES];
    for (int i = 0; i < list.size(); i++) {
      byte[] hash = HexFormat.of().parseHex(hash(list.get(i)));
      System.arraycopy(hash, 0, hashes, i * ContentHash.BYTES, ContentHash.BYTES);
    }
    return hashes;
  }

  private List<Integer> files() throws TransferException {
    List<Integer> files = new ArrayList<>();
    for (JsonNode file : array("files")) {
      files.add(index(file));
    }
    return files;
  }

  private JsonNode array(String name) throws TransferException {
    JsonNode list = node.path(name);
    if (!list.isArray()) {
      throw wrong("no list of " + name);
    }
    return list;
  }

  private static String hash(JsonNode value) throws TransferException {
    if (!value.isTextual() || !SHA_256.matcher(value.textValue()).matches()) {
      throw wrong("a hash that is not SHA-256 in lower-case hexadecimal");
    }
    return value.textValue();
  }

  private int index(String name) throws TransferException {
    return index(node.path(name));
  }

  private static int index(JsonNode value) throws TransferException {
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw wrong("an index that is no number");
    }
    return value.intValue();
  }

  private long optional(String name) throws TransferException {
    return node.path(name).isMissingNode() ? 0 : number(name);
  }

  /** 0 or more. */
  private long number(String name) throws TransferException {
    long number = anyNumber(node.path(name), name);
    if (number < 0) {
      throw wrong("a negative number of " + name);
    }
    return number;
  }

  /** Before 1970 it is negative; a file without one has 0. */
  private long time() throws TransferException {
    JsonNode value = node.path("modified");
    return value.isMissingNode() ? 0 : anyNumber(value, "modified");
  }

  private static long anyNumber(JsonNode value, String name) throws TransferException {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong("no number as " + name);
    }
    return value.longValue();
  }

  private String text(String name) throws TransferException {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw wrong("no text as " + name);
    }
    return value.textValue();
  }

  private String shortText(String name) throws TransferException {
    if (node.path(name).isMissingNode()) {
      return "";
    }
    String text = text(name);
    if (!SHORT_TEXT.matcher(text).matches()) {
      throw wrong("an unusable " + name);
    }
    return text;
  }

  /** A reason is shown on a terminal: no control character of the other side gets there. */
  private static String oneLine(String reason) {
    String clean = CONTROL.matcher(reason).replaceAll(" ").strip();
    return clean.length() > MAX_REASON_CHARS ? clean.substring(0, MAX_REASON_CHARS) + "…" : clean;
  }

  private static TransferException wrong(String what) {
    return new TransferException(FailureCode.PROTOCOL, "the other side sent " + what);
  }
}
