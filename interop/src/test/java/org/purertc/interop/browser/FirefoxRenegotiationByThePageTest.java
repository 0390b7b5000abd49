package org.purertc.interop.browser;

import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("long")
class FirefoxRenegotiationByThePageTest extends FirefoxRenegotiationTest {
  @Override
  List<Boolean> byJava() {
    return List.of(false);
  }
}
