package org.purertc.samples.connect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannelInit;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomAddress;
import org.purertc.samples.signaling.client.RoomOptions;
import org.purertc.samples.signaling.client.RoomPartner;
import org.purertc.samples.terminal.CommandFailure;
import org.purertc.samples.terminal.NetworkOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code purertc connect}. */
@Command(
    name = "connect",
    mixinStandardHelpOptions = true,
    description = {
      "A peer that signals on standard input and output, one JSON object a line.",
      "The lines are described in docs/connect.md."
    })
public final class ConnectCommand implements Callable<Integer> {

  @ArgGroup(multiplicity = "1")
  private final Side side = new Side();

  @ArgGroup(exclusive = false)
  private @Nullable RoomAddress address;

  @Mixin private final RoomOptions member = new RoomOptions();

  @ArgGroup private final Reliability reliability = new Reliability();

  @Option(
      names = "--label",
      defaultValue = "data",
      description = "The channel's name (default: ${DEFAULT-VALUE}).")
  private String label = "data";

  @Option(
      names = "--ordered",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Messages arrive in order (default).")
  private boolean ordered = true;

  @Option(names = "--unordered", description = "Messages may overtake each other.")
  private boolean unordered;

  @Option(
      names = "--negotiated",
      paramLabel = "ID",
      description = "Both sides create the channel with this id.")
  private @Nullable Integer negotiatedId;

  @Option(names = "--protocol", defaultValue = "", description = "The channel's subprotocol.")
  private String protocol = "";

  @Option(names = "--no-trickle", description = "Send one description with all candidates inside.")
  private boolean noTrickle;

  @Option(
      names = "--loopback",
      description = "Candidates stay on 127.0.0.1: no traffic leaves this machine.")
  private boolean loopback;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Who begins. */
  private static final class Side {
    @Option(names = "--offer", required = true, description = "Make the offer and the channel.")
    private boolean offer;

    @Option(names = "--answer", required = true, description = "Wait for an offer.")
    private boolean answer;
  }

  /** At most one of them (W3C WebRTC 6.1.1.3). */
  private static final class Reliability {
    @Option(
        names = "--max-retransmits",
        paramLabel = "N",
        description = "A message is repeated no more than N times.")
    private @Nullable Integer maxRetransmits;

    @Option(
        names = "--max-packet-life-time",
        paramLabel = "MS",
        description = "A message is repeated no longer than MS milliseconds.")
    private @Nullable Integer maxPacketLifeTimeMs;
  }

  @Override
  public Integer call() throws IOException {
    RTCDataChannelInit init = init();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    CandidateMode mode =
        noTrickle ? CandidateMode.IN_DESCRIPTION : CandidateMode.TRICKLE_WITHOUT_END;
    try (PeerConnectionFactory factory = NetworkOptions.peers(loopback, true);
        RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT);
        RoomPartner partner = new RoomPartner()) {
      RoomAddress place = address;
      LineSession session =
          new LineSession(peer, mode, out::println, place == null ? null : partner::send);
      if (!side.answer || negotiatedId != null) {
        session.create(label, init);
      }
      if (place != null) {
        join(partner, place, session);
      }
      if (side.offer && place == null) {
        session.offer();
      } else if (side.offer) {
        partner.whenMet(session::offer);
      }
      // Never closed: that would wait for the thread that waits for the next line.
      String failure =
          session.run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
      if (failure != null) {
        throw new CommandFailure(failure);
      }
    }
    return 0;
  }

  private void join(RoomPartner partner, RoomAddress place, RoomPartner.Listener listener) {
    try {
      JoinRequest request = member.request(place.room(), "PureRTC");
      partner.join(member.server(place.server()), request, listener);
    } catch (SignalingUnavailableException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("no usable room or name: " + e.getMessage());
    }
  }

  private RTCDataChannelInit init() {
    RTCDataChannelInit init =
        RTCDataChannelInit.DEFAULT.withOrdered(ordered && !unordered).withProtocol(protocol);
    if (reliability.maxRetransmits != null) {
      init = init.withMaxRetransmits(unsigned("--max-retransmits", reliability.maxRetransmits));
    }
    if (reliability.maxPacketLifeTimeMs != null) {
      init =
          init.withMaxPacketLifeTime(
              unsigned("--max-packet-life-time", reliability.maxPacketLifeTimeMs));
    }
    return negotiatedId == null
        ? init
        : init.withNegotiatedId(unsigned("--negotiated", negotiatedId));
  }

  /** W3C WebRTC 6.2.1: these are unsigned shorts; the last stream identifier is never used. */
  private int unsigned(String name, int value) {
    int most = name.equals("--negotiated") ? 65_534 : 65_535;
    if (value < 0 || value > most) {
      throw new ParameterException(
          spec.commandLine(), name + " is " + value + ", but takes 0 to " + most);
    }
    return value;
  }
}
