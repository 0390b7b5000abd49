package org.purertc.interop.layering;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the house against its rules: all modules' product classes. */
class LayeringTest {
  private static JavaClasses house;

  @BeforeAll
  static void readTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/org/purertc/srtp/internal/jitsi/"))
            .importPackages("org.purertc");
  }

  static Stream<ArchRule> rules() {
    return LayeringRules.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isObeyed(ArchRule rule) {
    rule.check(house);
  }

  @Test
  void readsAllModules() {
    assertThat(house.contain("org.purertc.RTCPeerConnection")).isTrue();
    assertThat(house.contain("org.purertc.ice.IceAgent")).isTrue();
    assertThat(house.contain("org.purertc.dtls.DtlsTransport")).isTrue();
    assertThat(house.contain("org.purertc.srtp.SrtpSession")).isTrue();
    assertThat(house.contain("org.purertc.samples.cli.PureRtc")).isTrue();
    assertThat(house.contain("org.purertc.bench.libwebrtc.LibWebRtc")).isTrue();
  }
}
