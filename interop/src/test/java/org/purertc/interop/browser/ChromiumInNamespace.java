package org.purertc.interop.browser;

import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.purertc.interop.network.NetworkNamespace;

/** {@link Chromium} in a network namespace of its own, with one address and multicast. */
final class ChromiumInNamespace implements Browser {
  private final NetworkNamespace network;
  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final Path program;

  ChromiumInNamespace(NetworkNamespace network) {
    this.network = network;
    playwright = Chromium.playwright();
    try {
      program =
          Files.createTempFile(
              "purertc-chromium",
              ".sh",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      String command = String.join(" ", network.command(List.of("/usr/bin/chromium")));
      Files.writeString(program, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    browser = Chromium.launch(playwright, program);
  }

  @Override
  public String serverHost() {
    return network.outside();
  }

  @Override
  public String host() {
    return network.inside();
  }

  @Override
  public void open(String url) {
    browser.newPage().navigate(url);
  }

  @Override
  public List<String> consoleErrors() {
    return List.of();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    network.close();
    try {
      Files.delete(program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
