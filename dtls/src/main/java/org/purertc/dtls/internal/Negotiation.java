package org.purertc.dtls.internal;

import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.jspecify.annotations.Nullable;

/** What client and server decide alike during a handshake, and what came out of it. */
final class Negotiation {

  /** RFC 5764 section 4.2. */
  private static final String SRTP_EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

  /** AES-GCM only: fast in every JVM. RFC 8827 section 6.5 obliges everyone to the first. */
  private static final int[] ECDSA_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
  };

  private static final int[] RSA_SUITES = {
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  };

  private static final int[] ALL_SUITES = {
    ECDSA_SUITES[0], RSA_SUITES[0], ECDSA_SUITES[1], RSA_SUITES[1]
  };

  /** X25519 is the cheapest. */
  static final int[] GROUPS = {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1};

  private static final int[] SIGNATURE_SCHEMES = {
    SignatureScheme.ecdsa_secp256r1_sha256,
    SignatureScheme.rsa_pss_rsae_sha256,
    SignatureScheme.rsa_pkcs1_sha256,
    SignatureScheme.ecdsa_secp384r1_sha384,
    SignatureScheme.rsa_pss_rsae_sha384,
    SignatureScheme.rsa_pkcs1_sha384,
    SignatureScheme.ecdsa_secp521r1_sha512,
    SignatureScheme.rsa_pss_rsae_sha512,
    SignatureScheme.rsa_pkcs1_sha512
  };

  final Endpoint endpoint;
  final int timeoutMillis;
  final int resendMillis;
  private @Nullable HandshakeObserver observer;
  private @Nullable SrtpProfile srtpProfile;
  private byte @Nullable [] remoteCertificate;
  private @Nullable Agreement agreement;
  private @Nullable String rejection;
  private boolean closeNotifyReceived;

  Negotiation(Endpoint endpoint, HandshakeObserver observer, int timeoutMillis, int resendMillis) {
    this.endpoint = endpoint;
    this.observer = observer;
    this.timeoutMillis = timeoutMillis;
    this.resendMillis = resendMillis;
  }

  static int[] clientSuites() {
    return ALL_SUITES.clone();
  }

  int[] serverSuites() {
    return endpoint.identity().isRsa() ? RSA_SUITES.clone() : ECDSA_SUITES.clone();
  }

  @SuppressWarnings("JdkObsolete") // BouncyCastle asks for it
  static Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
    Vector<SignatureAndHashAlgorithm> all = new Vector<>();
    for (int scheme : SIGNATURE_SCHEMES) {
      all.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
    }
    return all;
  }

  UseSRTPData srtpOffer() {
    return new UseSRTPData(SrtpProfile.numbers(endpoint.srtpProfiles()), TlsUtils.EMPTY_BYTES);
  }

  @Nullable UseSRTPData srtpAnswer(@Nullable UseSRTPData offer) {
    if (offer == null) {
      return null;
    }
    SrtpProfile chosen = SrtpProfile.choose(endpoint.srtpProfiles(), offer.getProtectionProfiles());
    srtpProfile = chosen;
    return chosen == null ? null : new UseSRTPData(new int[] {chosen.number}, TlsUtils.EMPTY_BYTES);
  }

  /** RFC 5764 section 4.1.1: the server names one of the client's profiles. */
  void srtpChosen(@Nullable UseSRTPData answer) throws TlsFatalAlert {
    if (answer == null) {
      return;
    }
    int[] numbers = answer.getProtectionProfiles();
    SrtpProfile chosen = SrtpProfile.choose(endpoint.srtpProfiles(), numbers);
    // RFC 5764 section 4.1.3: an MKI that the client did not offer is an illegal_parameter.
    if (numbers.length != 1 || chosen == null || answer.getMki().length > 0) {
      throw new TlsFatalAlert(AlertDescription.illegal_parameter);
    }
    srtpProfile = chosen;
  }

  /** The chain of the peer, of which only the first certificate counts in WebRTC. */
  void verify(@Nullable Certificate chain) throws IOException {
    if (chain == null || chain.isEmpty()) {
      rejection = "the peer sent no certificate, so its a=fingerprint cannot be compared";
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
    byte[] der = chain.getCertificateAt(0).getEncoded();
    rejection = observer == null ? null : observer.rejection(der);
    // RFC 8122 section 6.2: on a mismatch the endpoint terminates with bad_certificate.
    if (rejection != null) {
      throw new TlsFatalAlert(AlertDescription.bad_certificate);
    }
    remoteCertificate = der;
  }

  /** Signs with our key by the first scheme that the peer accepts, or null when there is none. */
  @Nullable TlsCredentials credentials(TlsContext context, @Nullable Vector<?> accepted) {
    boolean rsa = endpoint.identity().isRsa();
    for (int scheme : SIGNATURE_SCHEMES) {
      SignatureAndHashAlgorithm algorithm = SignatureScheme.getSignatureAndHashAlgorithm(scheme);
      boolean ours = SignatureScheme.isECDSA(scheme) != rsa;
      if (ours && (accepted == null || accepted.contains(algorithm))) {
        return endpoint.signer(new TlsCryptoParameters(context), algorithm);
      }
    }
    return null;
  }

  void completed(TlsContext context) throws IOException {
    SecurityParameters parameters = context.getSecurityParametersConnection();
    if (remoteCertificate == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
    KeyLog keyLog = endpoint.keyLog();
    if (keyLog != null) {
      byte[] master = endpoint.crypto().adoptSecret(parameters.getMasterSecret()).extract();
      keyLog.write(parameters.getClientRandom(), master);
    }
    agreement =
        new Agreement(
            suiteName(parameters.getCipherSuite()), remoteCertificate, exportSrtpKeys(context));
  }

  private Agreement.@Nullable Keying exportSrtpKeys(TlsContext context) {
    SrtpProfile profile = srtpProfile;
    if (profile == null) {
      return null;
    }
    byte[] material =
        context.exportKeyingMaterial(
            SRTP_EXPORTER_LABEL, null, 2 * (profile.keyBytes + profile.saltBytes));
    return new Agreement.Keying(profile.number, profile.keyBytes, profile.saltBytes, material);
  }

  private static String suiteName(int suite) {
    return switch (suite) {
      case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 ->
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
      case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ->
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
      case CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 ->
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
      case CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ->
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
      default -> throw new IllegalStateException("a suite that was not offered: " + suite);
    };
  }

  /** The result, once; what only the handshake needed is let go. */
  @Nullable Agreement takeAgreement() {
    Agreement result = agreement;
    agreement = null;
    observer = null;
    remoteCertificate = null;
    return result;
  }

  void alertReceived(short level, short description) {
    if (level == AlertLevel.warning && description == AlertDescription.close_notify) {
      closeNotifyReceived = true;
    }
  }

  boolean isCloseNotifyReceived() {
    return closeNotifyReceived;
  }

  @Nullable String rejection() {
    return rejection;
  }
}
