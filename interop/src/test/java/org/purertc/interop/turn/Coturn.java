package org.purertc.interop.turn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.purertc.interop.network.IsolatedNamespace;

/** Debian's coturn on loopback or in a network namespace, with all its files in a directory. */
public final class Coturn implements AutoCloseable {
  public static final String USER = "alice";
  public static final String PASSWORD = "secret";
  static final String SHARED_SECRET = "north";

  private static final int STARTS = 200;

  private final Path directory;
  private final List<String> options;
  private final String address;
  private final @Nullable IsolatedNamespace network;
  final int port;
  final int tlsPort;
  private @Nullable Process process;

  private Coturn(Path directory, String address, List<String> options) throws Exception {
    this(directory, null, address, freePort(address), freePort(address), options);
  }

  private Coturn(
      Path directory,
      @Nullable IsolatedNamespace network,
      String address,
      int port,
      int tlsPort,
      List<String> options)
      throws Exception {
    this.directory = directory;
    this.network = network;
    this.address = address;
    this.port = port;
    this.tlsPort = tlsPort;
    this.options = options;
    run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=turn -addext"
            + " subjectAltName=DNS:localhost,IP:"
            + address
            + " -keyout key.pem -out cert.pem");
    start();
  }

  /** In a network of its own on the usual ports, 3478 and for TLS 443; {@link #USER} may use it. */
  public static Coturn in(
      IsolatedNamespace network, String address, Path directory, String... options)
      throws Exception {
    return new Coturn(directory, network, address, 3478, 443, longTermOptions(options));
  }

  private static List<String> longTermOptions(String... options) {
    List<String> all = new ArrayList<>(List.of("--lt-cred-mech", "-u", USER + ":" + PASSWORD));
    all.addAll(List.of(options));
    return all;
  }

  /** With the user {@link #USER}. */
  public static Coturn longTerm(Path directory, String... options) throws Exception {
    return longTermAt("127.0.0.1", directory, options);
  }

  public static Coturn longTermAt(String address, Path directory, String... options)
      throws Exception {
    return new Coturn(directory, address, longTermOptions(options));
  }

  /** With users that {@link #restPassword} makes. */
  static Coturn rest(Path directory) throws Exception {
    return new Coturn(
        directory,
        "127.0.0.1",
        List.of("--use-auth-secret", "--static-auth-secret=" + SHARED_SECRET));
  }

  static String restUser() {
    return Instant.now().plusSeconds(3600).getEpochSecond() + ":" + USER;
  }

  /** draft-uberti-behave-turn-rest section 2.2. */
  static String restPassword(String user) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(SHARED_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] hmac = mac.doFinal(user.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hmac);
  }

  private static int freePort(String address) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.getLocalPort();
    }
  }

  private void run(String command) throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(command.split(" "))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("openssl.log").toFile())
            .start();
    if (!program.waitFor(60, TimeUnit.SECONDS) || program.exitValue() != 0) {
      throw new AssertionError(Files.readString(directory.resolve("openssl.log")));
    }
  }

  public void start() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "turnserver",
                "-n",
                "-L",
                address,
                "-E",
                address,
                "-p",
                "" + port,
                "--tls-listening-port",
                "" + tlsPort,
                "-r",
                "test.local",
                "--allow-loopback-peers",
                "--no-cli",
                "--cert",
                "cert.pem",
                "--pkey",
                "key.pem",
                "--userdb",
                "turndb",
                "--pidfile",
                "pid",
                "--log-file",
                "stdout",
                "--simple-log",
                "-v"));
    command.addAll(options);
    try {
      process =
          new ProcessBuilder(network == null ? command : network.command(command))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(directory.resolve("coturn.log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("coturn is not installed: scripts/test --interop does it", e);
    }
    awaitStart();
  }

  private void awaitStart() {
    for (int i = 0; i < STARTS; i++) {
      if (isListening()) {
        return;
      }
      LockSupport.parkNanos(50_000_000L);
    }
    throw new AssertionError("coturn does not start: " + log());
  }

  private boolean isListening() {
    if (network != null) {
      return !network.run("", "ss", "-Hltn", "sport = :" + tlsPort).isEmpty();
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, tlsPort), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  public String log() {
    try {
      return Files.readString(directory.resolve("coturn.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line that matches. */
  public void awaitLog(String regex) {
    Pattern pattern = Pattern.compile(regex);
    for (int i = 0; i < STARTS; i++) {
      if (pattern.matcher(log()).find()) {
        return;
      }
      LockSupport.parkNanos(50_000_000L);
    }
    throw new AssertionError("coturn does not say " + regex + ": " + log());
  }

  public String url(String scheme, String query) {
    String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
    return scheme + ":" + host + ":" + (scheme.equals("turns") ? tlsPort : port) + query;
  }

  public Path certificate() {
    return directory.resolve("cert.pem");
  }

  public SSLContext trust() throws GeneralSecurityException, IOException {
    return trust(certificate());
  }

  /** Whoever trusts a server's certificate. */
  public static SSLContext trust(Path certificate) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "turn", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    return context;
  }

  /** As kill -9 does. */
  public void kill() {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroyForcibly();
      try {
        running.waitFor(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    kill();
  }
}
