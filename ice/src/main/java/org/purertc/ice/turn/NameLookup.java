package org.purertc.ice.turn;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.purertc.ice.io.Loop;

/** Finds the addresses of a server's name on an executor, since that blocks, never on the loop. */
final class NameLookup {

  /** What Java reads as an address; other things made of digits it would ask a name server for. */
  private static final Pattern LITERAL =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}|.*:.*");

  private NameLookup() {}

  /**
   * Tells the addresses on the loop, inside this call for a literal; none when the name is unknown.
   */
  static void find(String host, Loop loop, Executor blocking, Consumer<List<InetAddress>> found) {
    if (LITERAL.matcher(host).matches()) {
      found.accept(lookUp(host));
      return;
    }
    try {
      blocking.execute(
          () -> {
            List<InetAddress> addresses = lookUp(host);
            loop.execute(() -> found.accept(addresses));
          });
    } catch (RejectedExecutionException e) {
      found.accept(List.of());
    }
  }

  private static List<InetAddress> lookUp(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
