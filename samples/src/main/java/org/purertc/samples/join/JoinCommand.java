package org.purertc.samples.join;

import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.purertc.PeerConnectionFactory;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomOptions;
import org.purertc.samples.signaling.mesh.RoomMesh;
import org.purertc.samples.terminal.CommandFailure;
import org.purertc.samples.terminal.NetworkOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code purertc join}. */
@Command(
    name = "join",
    mixinStandardHelpOptions = true,
    description = {
      "Joins a room of \"purertc serve\", connects with every member by perfect negotiation, and"
          + " sends their media and messages back."
    })
public final class JoinCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ROOM", description = "The room's name.")
  private String room = "";

  @Mixin private final RoomOptions options = new RoomOptions();

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The signalling server (default: ${DEFAULT-VALUE}).")
  private URI server = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--loopback",
      description = "Candidates stay on loopback: no traffic leaves this machine.")
  private boolean loopback;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch end = new CountDownLatch(1);
    try (PeerConnectionFactory factory = NetworkOptions.peers(loopback, true);
        RoomMesh mesh = join(factory, new RoomEcho(line -> print(out, line)))) {
      // Ctrl-C and SIGTERM: the others see at once that this member is gone.
      Runtime.getRuntime().addShutdownHook(new Thread(mesh::close, "purertc-join-end"));
      print(out, "joined " + room + " at " + server + "   (Ctrl-C ends it)");
      end.await();
    }
    return 0;
  }

  private RoomMesh join(PeerConnectionFactory factory, RoomEcho echo) {
    try {
      JoinRequest request = options.request(room, "PureRTC");
      return RoomMesh.join(options.server(server), request, factory, echo);
    } catch (SignalingUnavailableException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("no usable room or name: " + e.getMessage());
    }
  }

  private static synchronized void print(PrintWriter out, String line) {
    out.println(line.replaceAll("\\p{Cntrl}", " "));
    out.flush();
  }
}
