package org.purertc.samples.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
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

/** Messages as JSON. */
final class MessageWriter {
  static final int VERSION = 2;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SHA_256 = "sha256";

  private MessageWriter() {}

  static String write(TransferMessage message) {
    return node(message).toString();
  }

  private static ObjectNode node(TransferMessage message) {
    if (message instanceof Zeros it) {
      return typed("zeros").put("bytes", it.bytes());
    } else if (message instanceof Received it) {
      return typed("received").put("bytes", it.bytes());
    } else if (message instanceof Begin it) {
      return typed("file").put("file", it.file()).put("from", it.from());
    } else if (message instanceof End it) {
      return typed("end").put("file", it.file()).put(SHA_256, it.sha256());
    } else if (message instanceof Verified it) {
      return typed("verified").put("file", it.file()).put(SHA_256, it.sha256());
    } else if (message instanceof Accept it) {
      return typed("accept").put("limit", it.limitBytesPerSecond());
    } else if (message instanceof Done) {
      return typed("done");
    } else if (message instanceof Failed it) {
      return typed("failed").put("code", it.code().word()).put("reason", it.reason());
    }
    return beforeTheBytes(message);
  }

  /** The messages that are said before the bytes. */
  private static ObjectNode beforeTheBytes(TransferMessage message) {
    if (message instanceof Hello it) {
      return hello(it);
    } else if (message instanceof Offer it) {
      ObjectNode node = typed("offer").put("files", it.files());
      return it.bytes() == Entry.UNKNOWN ? node : node.put("bytes", it.bytes());
    } else if (message instanceof Have it) {
      return have(it);
    } else if (message instanceof Skip it) {
      ObjectNode node = typed("skip");
      ArrayNode files = node.putArray("files");
      it.files().forEach(files::add);
      return node;
    }
    ObjectNode node = typed("entries");
    ArrayNode list = node.putArray("entries");
    ((Entries) message).entries().forEach(entry -> list.add(entry(entry)));
    return node;
  }

  private static ObjectNode hello(Hello it) {
    ObjectNode node = typed("hello").put("version", VERSION).put("role", it.role().word());
    if (!it.proof().isEmpty()) {
      node.put("proof", it.proof());
    }
    if (!it.receiver().isEmpty()) {
      node.put("receiver", it.receiver());
    }
    return it.wishBytes() == 0 ? node : node.put("wish", it.wishBytes());
  }

  private static ObjectNode have(Have it) {
    ObjectNode node = typed("have").put("file", it.file()).put("block", it.block());
    ArrayNode hashes = node.putArray("hashes");
    for (int i = 0; i < it.hashes().length; i += ContentHash.BYTES) {
      hashes.add(HexFormat.of().formatHex(it.hashes(), i, i + ContentHash.BYTES));
    }
    return node;
  }

  static ObjectNode entry(Entry it) {
    ObjectNode node = JSON.createObjectNode().put("path", it.path()).put("kind", it.kind().word());
    switch (it.kind()) {
      case LINK -> node.put("target", it.linkTarget());
      case DIRECTORY -> node.put("modified", it.modifiedMs());
      case FILE -> {
        if (!it.isStream()) {
          node.put("size", it.bytes());
        }
        node.put("modified", it.modifiedMs());
        if (it.executable()) {
          node.put("executable", true);
        }
      }
    }
    return node;
  }

  private static ObjectNode typed(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
