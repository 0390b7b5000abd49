package org.purertc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SessionDescriptionTest {
  private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
  private static final String SECTION =
      HEAD + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n";

  private static SdpException failure(String text) {
    SdpException failure =
        catchThrowableOfType(SdpException.class, () -> SessionDescription.parse(text));
    assertThat(failure).as(text).isNotNull();
    return failure;
  }

  @ParameterizedTest
  @MethodSource({"org.purertc.sdp.BrowserSdp#names", "org.purertc.sdp.PeerSdp#names"})
  void writesWhatAPeerWroteByteForByte(String name) throws SdpException {
    String text = BrowserSdp.text(name);
    assertThat(text).contains("\r\n");
    assertThat(SessionDescription.parse(text)).hasToString(text);
  }

  @Test
  void readsLineFeedsAloneAndWritesCrLf() throws SdpException {
    String text = BrowserSdp.text("chromium-datachannel");
    assertThat(SessionDescription.parse(text.replace("\r\n", "\n"))).hasToString(text);
  }

  @Test
  void readsATextWhoseLastLineEndIsMissing() throws SdpException {
    assertThat(SessionDescription.parse(HEAD.strip())).hasToString(HEAD);
  }

  @Test
  void keepsEverySessionLineOfRfc8866() throws SdpException {
    String text =
        "v=0\r\no=jdoe 3724394400 3724394405 IN IP4 198.51.100.1\r\ns=Call to John Smith\r\n"
            + "i=SDP Offer #1\r\nu=http://www.jdoe.example.com/home.html\r\n"
            + "e=Jane Doe <jane@jdoe.example.com>\r\np=+1 617 555-6011\r\n"
            + "c=IN IP4 198.51.100.1\r\nb=AS:128\r\nt=3724394400 3724398000\r\n"
            + "r=7d 1h 0 25h\r\nt=0 0\r\nz=3730928400 -1h\r\nk=prompt\r\na=recvonly\r\n"
            + "m=audio 49170/2 RTP/AVP 0 8\r\ni=title\r\nc=IN IP4 233.252.0.1/127\r\n"
            + "c=IN IP4 233.252.0.2/127\r\nb=X-YZ:1\r\nk=prompt\r\na=rtpmap:99 h263-1998/90000\r\n"
            + "m=video 49180/1 RTP/AVP 99\r\n";
    SessionDescription read = SessionDescription.parse(text);
    assertThat(read).hasToString(text);
    assertThat(read.origin().username()).isEqualTo("jdoe");
    assertThat(read.media().get(0).portCount()).isEqualTo(2);
    assertThat(read.media().get(0).connection())
        .isEqualTo(new ConnectionData("IN", "IP4", "233.252.0.1/127"));
  }

  @Test
  void keepsAnyTextOfAnUnknownAttribute() throws SdpException {
    String text = SECTION + "a=x-unknown:  two  spaces, ünïcode \r\na=x-flag\r\na=x-empty:\r\n";
    assertThat(SessionDescription.parse(text)).hasToString(text);
  }

  @Test
  void namesLineNumberAndContent() {
    SdpException failure = failure(SECTION + "a=setup:sometimes\r\n");
    assertThat(failure.line()).isEqualTo(6);
    assertThat(failure)
        .hasMessage(
            "SDP line 6 (a=setup:sometimes): setup must be active, passive, actpass or holdconn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "v=1; 1",
        "o=- 1 2 IN IP4 127.0.0.1; 1",
        "v=0|s=-; 2",
        "v=0|o=- 1 2 IN IP4; 2",
        "v=0|o=- x 2 IN IP4 127.0.0.1; 2",
        "v=0|o=- 1 2 IN IP4 127.0.0.1|s=-; 3",
        "v=0|o=- 1 2 IN IP4 127.0.0.1|s=-|t=0; 4",
        "v=0|o=- 1 2 IN IP4 127.0.0.1|s=-|m=audio 9 RTP/AVP 0; 4",
        "v=0|o=- 1 2 IN IP4 127.0.0.1|s=-|t=0 0|c=IN IP4 1.2.3.4; 5",
        "v=0|o=- 1 2 IN IP4 127.0.0.1|s=-|t=0 0|x=1; 5",
        "v=0|o=- 1 2 IN IP4 127.0.0.1|s=-|t=0 0||a=x; 5",
        "v=0|o=- 1 2 IN IP4 127.0.0.1|s=-|t=0 0|a; 5",
        "v=0|o=- 1 2 IN IP4 127.0.0.1|s=-|s=-|t=0 0; 4",
      })
  void refusesABrokenSessionLevel(String lines, int line) {
    assertThat(failure(lines.replace("|", "\r\n")).line()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "m=audio 9 UDP/TLS/RTP/SAVPF",
        "m=audio 65536 UDP/TLS/RTP/SAVPF 0",
        "m=audio 9/0 UDP/TLS/RTP/SAVPF 0",
        "m=audio x UDP/TLS/RTP/SAVPF 0",
        "m=audio  9 UDP/TLS/RTP/SAVPF 0",
        "t=0 0",
        "c=IN IP4",
        "b=AS",
        "a=mid",
        "a=mid:a b",
        "a=ice-ufrag:abc",
        "a=ice-ufrag:ab cd",
        "a=ice-pwd:tooShortForAPassword1",
        "a=fingerprint:sha-256",
        "a=fingerprint:sha-256 0G:11",
        "a=fingerprint:sha-256 00:1",
        "a=sctp-port:65536",
        "a=sctp-port:five",
        "a=max-message-size:-1",
        "a=max-message-size:",
        "a=tls-id:two words",
        "a=rtcp:9 IN IP4",
        "a=rtcp-mux:1",
        "a=end-of-candidates:0",
        "a=sctpmap:5000",
        "a=candidate:1 1 udp 1 10.0.0.1 5 typ",
        "a=candidate:1 0 udp 1 10.0.0.1 5 typ host",
        "a=candidate:1 1 udp 2147483648 10.0.0.1 5 typ host",
        "a=candidate:1 1 udp 1 10.0.0.1 65536 typ host",
        "a=candidate:1 1 udp 1 10.0.0.1 5 type host",
        "a=candidate:1 1 udp 1 10.0.0.1 5 typ srflx raddr 0.0.0.0",
        "a=candidate:1 1 udp 1 10.0.0.1 5 typ host generation",
        "a=b@d:x",
      })
  void refusesABrokenLineOfASection(String line) {
    SdpException failure = failure(SECTION + line + "\r\n");
    assertThat(failure.line()).isEqualTo(6);
    assertThat(failure).hasMessageContaining("(" + line + ")");
  }

  @Test
  void refusesTheSameMidTwice() {
    String second = "a=mid:0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n";
    assertThat(failure(SECTION + second).line()).isEqualTo(8);
    assertThat(failure(SECTION + "a=mid:0\r\na=mid:1\r\n").line()).isEqualTo(7);
  }

  @Test
  void refusesTextThatIsNoLine() {
    assertThat(failure("")).hasMessageContaining("ends before");
    assertThat(failure(HEAD + "a=x\ry\r\n").line()).isEqualTo(5);
    assertThat(failure(HEAD + "a=x\0y\r\n").line()).isEqualTo(5);
    assertThat(failure("\r\n" + HEAD).line()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsTooLarge() {
    assertThat(failure(HEAD + "a=x\n".repeat(SdpParser.MAX_LINES))).hasMessageContaining("lines");
    assertThat(failure(HEAD + "a=" + "x".repeat(SdpParser.MAX_CHARS)))
        .hasMessageContaining("characters");
    assertThat(failure(HEAD + "m=audio 9 RTP/AVP 0\n".repeat(SdpParser.MAX_SECTIONS + 1)))
        .hasMessageContaining("media sections");
  }

  @Test
  void sectionValuesGoBeforeSessionValues() throws SdpException {
    String session = "a=ice-ufrag:sess\r\na=setup:active\r\na=fingerprint:sha-1 AA:BB\r\n";
    String text =
        HEAD
            + session
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
            + "a=ice-ufrag:media\r\na=setup:passive\r\na=fingerprint:sha-256 CC:DD\r\n"
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n";
    SessionDescription read = SessionDescription.parse(text);
    MediaDescription own = read.media().get(0);
    MediaDescription none = read.media().get(1);
    assertThat(read.iceUfrag(own)).isEqualTo("media");
    assertThat(read.iceUfrag(none)).isEqualTo("sess");
    assertThat(read.setup(own)).isEqualTo(SetupRole.PASSIVE);
    assertThat(read.setup(none)).isEqualTo(SetupRole.ACTIVE);
    assertThat(read.fingerprints(own))
        .containsExactly(new FingerprintAttribute("sha-256", "CC:DD"));
    assertThat(read.fingerprints(none)).containsExactly(new FingerprintAttribute("sha-1", "AA:BB"));
  }
}
