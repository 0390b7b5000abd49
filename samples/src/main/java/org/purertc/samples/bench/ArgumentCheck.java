package org.purertc.samples.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses what the user of {@code command} cannot mean, before anything is measured. */
record ArgumentCheck(CommandSpec command) {
  void that(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(command.commandLine(), otherwise);
    }
  }
}
