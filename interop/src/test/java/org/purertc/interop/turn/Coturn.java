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

/** Debian's coturn on loopback, with all its files in a directory. */
public final class Coturn implements AutoCloseable {
  public static final String USER = "alice";
  public static final String PASSWORD = "secret";
  static final String SHARED_SECRET = "north";

  private static final int STARTS = 200;

  private final Path directory;
  private final List<String> options;
  private final String address;
  final int port;
  final int tlsPort;
  private @Nullable Process process;

  private Coturn(Path directory, String address, List<String> options) throws Exception {
    this.directory = directory;
    this.address = address;
    this.options = options;
    port = freePort(address);
    tlsPort = freePort(address);
    run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=turn -addext"
            + " subjectAltName=DNS:localhost,IP:"
            + address
            + " -keyout key.pem -out cert.pem");
    start();
  }

  /** With the user {@link #USER}. */
  public static Coturn longTerm(Path directory, String... options) throws Exception {
    return longTermAt("127.0.0.1", directory, options);
  }

  public static Coturn longTermAt(String address, Path directory, String... options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("--lt-cred-mech", "-u", USER + ":" + PASSWORD));
    all.addAll(List.of(options));
    return new Coturn(directory, address, all);
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

  void start() {
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
          new ProcessBuilder(command)
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
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, tlsPort), 1000);
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(50_000_000L);
      }
    }
    throw new AssertionError("coturn does not start: " + log());
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

  /** Whoever trusts this server's certificate. */
  public SSLContext trust() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(directory.resolve("cert.pem"))) {
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
  void kill() {
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
