package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IceCredentialsTest {

  @Test
  void neverPrintsThePassword() {
    assertThat(new IceCredentials("abcd", "secretsecretsecretsecret").toString())
        .contains("abcd")
        .doesNotContain("secret");
  }
}
