package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.tls.SelfSignedCertificate;
import org.purertc.samples.tls.ServerCertificate;
import org.purertc.samples.tls.TrustedCertificates;
import org.purertc.samples.web.HttpsRedirect;

/** https and wss, as clients that nobody here wrote see them. */
@Timeout(60)
class TlsTest {
  @TempDir private Path directory;

  private static SignalingServer start(ServerCertificate certificate) throws Exception {
    return SignalingServer.start(0, SignalingOptions.DEFAULT.withCertificate(certificate));
  }

  private static HttpClient clientThatTrusts(ServerCertificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", certificate.own());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void aCertificateOfOnesOwnMakingServesHttpsByNameAndAddress() throws Exception {
    ServerCertificate certificate = SelfSignedCertificate.in(directory, "127.0.0.1");
    try (SignalingServer server = start(certificate)) {
      String file = SelfSignedCertificate.publicFile(directory).toString();
      for (String host : List.of("127.0.0.1", "localhost")) {
        String url = "https://" + host + ":" + server.port() + "/health";
        assertThat(run("curl", "-sS", "-m", "20", "-4", "--cacert", file, url)).contains("\"ok\"");
      }
      String url = "https://127.0.0.1:" + server.port() + "/health";
      assertThat(run("curl", "-sS", "-m", "20", url)).contains("certificate");
    }
  }

  @Test
  void webSocketsComeByTlsToo() throws Exception {
    ServerCertificate certificate = SelfSignedCertificate.in(directory, "127.0.0.1");
    CompletableFuture<String> heard = new CompletableFuture<>();
    try (SignalingServer server = start(certificate)) {
      WebSocket socket =
          clientThatTrusts(certificate)
              .newWebSocketBuilder()
              .header("Origin", "https://127.0.0.1:" + server.port())
              .subprotocols("purertc.v1")
              .buildAsync(
                  URI.create("wss://127.0.0.1:" + server.port() + "/signaling"),
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket to, CharSequence text, boolean end) {
                      heard.complete(text.toString());
                      return WebSocket.Listener.super.onText(to, text, end);
                    }
                  })
              .get(20, TimeUnit.SECONDS);
      socket.sendText("{\"type\":\"hello\",\"version\":1,\"room\":\"t\",\"name\":\"A\"}", true);
      assertThat(heard.get(20, TimeUnit.SECONDS)).contains("\"welcome\"");
      socket.abort();
    }
  }

  @ParameterizedTest
  @EnumSource
  void membersTrustAFileByEveryTransport(TransportKind transport) throws Exception {
    ServerCertificate certificate = SelfSignedCertificate.in(directory, "127.0.0.1");
    SSLContext trusted = TrustedCertificates.read(SelfSignedCertificate.publicFile(directory));
    try (SignalingServer server = start(certificate)) {
      RoomServer stranger =
          RoomServer.of(URI.create("https://127.0.0.1:" + server.port())).withTransport(transport);
      JoinRequest request = JoinRequest.of("tea", "Ada");
      CompletableFuture<String> chat = new CompletableFuture<>();
      try (SignalingChannel channel =
          SignalingChannel.join(
              stranger.withSslContext(trusted),
              request,
              message -> {
                if (message instanceof ServerMessage.Chat it) {
                  chat.complete(it.line().text());
                }
              })) {
        channel.send(new ClientMessage.Chat("hello"));
        assertThat(chat.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
      }
      assertThatThrownBy(() -> SignalingChannel.join(stranger, request, message -> {}))
          .isInstanceOf(SignalingUnavailableException.class)
          .hasMessageContaining("no trust in the certificate of 127.0.0.1:" + server.port());
    }
  }

  @Test
  void theSameCertificateServesAgainAndItsKeyIsNobodyElses() throws Exception {
    ServerCertificate first = SelfSignedCertificate.in(directory, "127.0.0.1");
    ServerCertificate second = SelfSignedCertificate.in(directory, "localhost");
    assertThat(second.own()).isEqualTo(first.own());
    Path key = directory.resolve("tls-key.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(SelfSignedCertificate.publicFile(directory)))
        .contains("BEGIN CERTIFICATE")
        .doesNotContain("PRIVATE");
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void anotherHostNeedsAnotherCertificate() throws Exception {
    ServerCertificate first = SelfSignedCertificate.in(directory, "127.0.0.1");
    ServerCertificate second = SelfSignedCertificate.in(directory, "rooms.example.org");
    assertThat(second.own()).isNotEqualTo(first.own());
    assertThat(second.own().getSubjectAlternativeNames().toString()).contains("rooms.example.org");
  }

  /** In the forms in which OpenSSL writes keys. */
  @Test
  void onesOwnCertificateServes() throws Exception {
    Path certificate = directory.resolve("own.pem");
    Path key = directory.resolve("own.key");
    String made =
        run(
            ("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext"
                    + " subjectAltName=IP:127.0.0.1 -out %s -keyout %s")
                .formatted(certificate, key)
                .split(" "));
    assertThat(certificate).as(made).exists();
    Path oldForm = directory.resolve("old.key");
    run("openssl", "rsa", "-traditional", "-in", key.toString(), "-out", oldForm.toString());
    for (Path each : List.of(key, oldForm)) {
      ServerCertificate own = ServerCertificate.read(certificate, each);
      try (SignalingServer server = start(own)) {
        String url = "https://127.0.0.1:" + server.port() + "/health";
        assertThat(get(clientThatTrusts(own), url).body()).contains("\"ok\"");
      }
    }
  }

  @Test
  void filesThatDoNotFitAreToldInOneLine() throws Exception {
    Path one = directory.resolve("one");
    Path other = directory.resolve("other");
    SelfSignedCertificate.in(one, "localhost");
    SelfSignedCertificate.in(other, "localhost");
    Path certificate = SelfSignedCertificate.publicFile(one);
    assertThatThrownBy(() -> ServerCertificate.read(certificate, other.resolve("tls-key.pem")))
        .hasMessageContaining("is not the key of the certificate");
    assertThatThrownBy(() -> ServerCertificate.read(certificate, certificate))
        .hasMessageContaining("no private key in");
    assertThatThrownBy(() -> ServerCertificate.read(one.resolve("none"), certificate))
        .hasMessageContaining("no such file");
    Path nonsense = Files.writeString(directory.resolve("nonsense"), "nonsense");
    assertThatThrownBy(() -> ServerCertificate.read(nonsense, nonsense))
        .hasMessageContaining("no certificate in");
  }

  @Test
  void whoComesByHttpIsSentOn() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (HttpsRedirect redirect = HttpsRedirect.start(loopback, 0, 8443)) {
      HttpResponse<String> answer =
          get(HttpClient.newHttpClient(), "http://127.0.0.1:" + redirect.port() + "/call?x=1");
      assertThat(answer.statusCode()).isEqualTo(308);
      assertThat(answer.headers().firstValue("Location"))
          .contains("https://127.0.0.1:8443/call?x=1");
    }
  }
}
