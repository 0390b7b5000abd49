package org.purertc.samples.share;

import org.purertc.samples.terminal.CommandFailure;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.TransferException;
import picocli.CommandLine.Command;

/** How {@code send} and {@code receive} end; a mixin, so that both tell it in their help. */
@Command(
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything is verified",
      "1:another error, see the line",
      "2:wrong usage",
      "3:the link, the room or the token is wrong, or the transfer is done",
      "4:no connection, or it was lost: run the command again to go on",
      "5:the other side left or serves somebody else, or the room is full",
      "6:the receiver declined",
      "7:cannot write: a file exists, no room, no permission, a name",
      "8:cannot read: a file is missing, unreadable, or changed meanwhile",
      "9:the other side does not know the link's secret: perhaps somebody is in between"
    })
final class ExitCodes {
  static final int OTHER = 1;
  static final int WRONG_PLACE = 3;
  static final int NETWORK = 4;
  static final int LEFT = 5;
  static final int DECLINED = 6;
  static final int TARGET = 7;
  static final int SOURCE = 8;
  static final int AUTHENTICATION = 9;

  private static int of(TransferException failure) {
    return switch (failure.code()) {
      case LOST -> NETWORK;
      case BUSY, LEFT -> LEFT;
      case DECLINED -> DECLINED;
      case DISK, EXISTS, NAME -> TARGET;
      case SOURCE -> SOURCE;
      case AUTHENTICATION -> AUTHENTICATION;
      case PROTOCOL, HASH, OTHER -> OTHER;
    };
  }

  /** Tells why a command ends; the caller throws what it gets. */
  CommandFailure ended(Exception thrown, Reporter reporter) {
    CommandFailure failure = failure(thrown);
    reporter.failed(String.valueOf(failure.getMessage()), failure.exitCode());
    return failure;
  }

  private static CommandFailure failure(Exception thrown) {
    if (thrown instanceof CommandFailure it) {
      return it;
    }
    return thrown instanceof TransferException it
        ? new CommandFailure(it.reason(), of(it))
        : new CommandFailure(String.valueOf(thrown.getMessage()), OTHER);
  }
}
