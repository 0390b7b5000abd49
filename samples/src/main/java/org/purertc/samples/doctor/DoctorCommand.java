package org.purertc.samples.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.tls.TrustedCertificates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code purertc doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    description = {
      "Says how this machine reaches others: its addresses, whether UDP gets out, what NAT is"
          + " between, whether TURN servers relay, how fast a data channel is.",
      "Asks only the servers that are named, and those that --server tells. Ends with 1 when"
          + " something is wrong."
    })
public final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--stun",
      paramLabel = "URL",
      description = "A STUN server (stun:HOST:PORT); two of them tell how the NAT maps.")
  private List<String> stun = new ArrayList<>();

  @Option(
      names = "--turn",
      paramLabel = "URL",
      description =
          "A TURN server (turn:HOST:PORT, also ?transport=tcp, or turns:HOST:PORT); without a"
              + " transport TCP is tried besides UDP.")
  private List<String> turn = new ArrayList<>();

  @Option(names = "--user", description = "For the TURN servers.")
  private @Nullable String user;

  @Option(
      names = "--password",
      defaultValue = "${env:PURERTC_TURN_PASSWORD}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "For the TURN servers; or PURERTC_TURN_PASSWORD.")
  private @Nullable String password;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      converter = TrustedCertificates.class,
      description =
          "PEM certificates to trust for TURN over TLS and for https, in place of the JVM's.")
  private @Nullable SSLContext trusted;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "A PureRTC server (purertc serve): its ICE servers, and the way to it.")
  private @Nullable URI server;

  @Option(
      names = "--token",
      defaultValue = "${env:PURERTC_TOKEN}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "What the server asks for, if it asks; or PURERTC_TOKEN.")
  private @Nullable String token;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description = "How long each answer is waited for.")
  private int seconds;

  @Option(names = "--json", description = "One JSON object with all that was seen.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Examination.Request request = request();
    PrintWriter err = spec.commandLine().getErr();
    Observation seen = new Examination(request, json ? line -> {} : line -> tell(err, line)).run();
    List<Verdict> verdicts = Diagnosis.of(seen);
    boolean healthy = verdicts.stream().noneMatch(each -> each.kind() == Verdict.Kind.BAD);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(seen, verdicts, healthy));
    } else {
      verdicts.forEach(each -> out.println(line(each)));
    }
    out.flush();
    return healthy ? 0 : 1;
  }

  private static void tell(PrintWriter err, String line) {
    err.println(line + " …");
    err.flush();
  }

  private static String line(Verdict verdict) {
    String advice = verdict.advice().isEmpty() ? "" : " " + verdict.advice();
    return String.format(Locale.ROOT, "%-8s %s%s", verdict.kind().word(), verdict.text(), advice);
  }

  private static ObjectNode json(Observation seen, List<Verdict> verdicts, boolean healthy) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode node = mapper.createObjectNode().put("healthy", healthy);
    var array = node.putArray("verdicts");
    for (Verdict each : verdicts) {
      array
          .addObject()
          .put("key", each.key())
          .put("kind", each.kind().word())
          .put("text", each.text())
          .put("advice", each.advice());
    }
    node.set("seen", mapper.valueToTree(seen));
    return node;
  }

  private Examination.Request request() {
    if (seconds < 1 || seconds > 60) {
      throw wrong("--timeout is 1 to 60 seconds");
    }
    return new Examination.Request(
        names(stun, false),
        names(turn, true),
        access(trusted),
        trusted,
        uri(),
        token,
        1_000L * seconds);
  }

  private List<ServerName> names(List<String> urls, boolean turn) {
    try {
      List<ServerName> names = urls.stream().map(ServerName::parse).toList();
      for (ServerName each : names) {
        if (each.isTurn() != turn) {
          throw wrong(each.url() + " belongs to " + (turn ? "--stun" : "--turn"));
        }
      }
      return names;
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private TurnCheck.@Nullable Access access(@Nullable SSLContext tls) {
    String name = user;
    String secret = password;
    if (turn.isEmpty()) {
      return null;
    }
    if (name == null || secret == null) {
      throw wrong("--turn needs --user and --password");
    }
    return new TurnCheck.Access(name, secret, tls);
  }

  private @Nullable URI uri() {
    URI given = server;
    if (given != null
        && (given.getHost() == null
            || !"http".equals(given.getScheme()) && !"https".equals(given.getScheme()))) {
      throw wrong("not a usable address (http://HOST:PORT): " + given);
    }
    return given;
  }

  private ParameterException wrong(String reason) {
    return new ParameterException(spec.commandLine(), reason);
  }
}
