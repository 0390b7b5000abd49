package org.purertc.interop.browser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running browser that has opened the test peer's page. */
interface Browser extends AutoCloseable {

  /** The address on which the page's server must listen for this browser. */
  String serverHost();

  /** Its only address; null when it has those of this host. */
  @Nullable String host();

  void open(String url);

  /** What the page wrote to the console as an error, where the browser tells. */
  List<String> consoleErrors();

  @Override
  void close();
}
