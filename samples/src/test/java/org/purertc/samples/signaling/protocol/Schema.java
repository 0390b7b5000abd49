package org.purertc.samples.signaling.protocol;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published JSON Schema, applied by a validator that nobody here wrote. */
public final class Schema {
  private static final String TEXT = read();

  /** What a client may send. */
  public static final Schema CLIENT = new Schema("client");

  /** What a server may send. */
  public static final Schema SERVER = new Schema("server");

  private final JsonSchema schema;

  private Schema(String side) {
    // Of the two sides that the schema allows, one is left.
    String text = TEXT.replace("{\"$ref\": \"#/$defs/" + other(side) + "\"}", "false");
    schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
  }

  private static String other(String side) {
    return side.equals("client") ? "server" : "client";
  }

  private static String read() {
    try (InputStream in =
        MessageFormat.class.getResourceAsStream(
            "/org/purertc/samples/signaling/signaling.schema.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("no schema", e);
    }
  }

  /** What is wrong with a message; empty when nothing is. */
  public List<String> complaints(String message) {
    return schema.validate(message, InputFormat.JSON).stream().map(it -> it.getMessage()).toList();
  }
}
