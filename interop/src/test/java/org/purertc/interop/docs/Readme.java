package org.purertc.interop.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's README. */
public final class Readme {
  private Readme() {}

  /** The folder of the project, whether the tests run there or in the module. */
  public static Path project() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("README.md")) ? here : here.getParent();
  }

  /** The first block of code in a language. */
  public static String firstBlock(String language) {
    String text;
    try {
      text = Files.readString(project().resolve("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
    if (!block.find()) {
      throw new AssertionError("README.md has no block of " + language);
    }
    return block.group(1);
  }
}
