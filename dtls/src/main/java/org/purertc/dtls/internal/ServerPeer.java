package org.purertc.dtls.internal;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** The choices of {@code setup:passive}. */
final class ServerPeer extends AbstractTlsServer {

  private final Negotiation negotiation;
  private @Nullable UseSRTPData srtpAnswer;

  ServerPeer(Negotiation negotiation) {
    super(negotiation.endpoint.crypto());
    this.negotiation = negotiation;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return negotiation.serverSuites();
  }

  @Override
  protected boolean preferLocalCipherSuites() {
    return true;
  }

  @Override
  public int[] getSupportedGroups() {
    return Negotiation.GROUPS.clone();
  }

  @Override
  protected int selectECDH(int minimumCurveBits) {
    int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
    if (offered == null) {
      return selectECDHDefault(minimumCurveBits);
    }
    for (int ours : Negotiation.GROUPS) {
      for (int theirs : offered) {
        if (ours == theirs) {
          return ours;
        }
      }
    }
    return -1;
  }

  @Override
  @SuppressWarnings("rawtypes") // as BouncyCastle declares it
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    // RFC 6066 section 4 lets a server ignore it; records stay as long as SCTP needs them.
    maxFragmentLengthOffered = -1;
    if (extensions != null) {
      srtpAnswer = negotiation.srtpAnswer(TlsSRTPUtils.getUseSRTPExtension(extensions));
    }
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // as BouncyCastle declares it
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    if (srtpAnswer != null) {
      TlsSRTPUtils.addUseSRTPExtension(extensions, srtpAnswer);
    }
    return extensions;
  }

  @Override
  public TlsCredentials getCredentials() throws IOException {
    TlsCredentials credentials =
        negotiation.credentials(
            context, context.getSecurityParametersHandshake().getClientSigAlgs());
    if (credentials == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
    return credentials;
  }

  /** RFC 5763 section 5: the server must request a certificate from the client. */
  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        Negotiation.signatureAlgorithms(),
        null);
  }

  @Override
  public void notifyClientCertificate(Certificate chain) throws IOException {
    negotiation.verify(chain);
  }

  @Override
  @SuppressWarnings("NullAway") // BouncyCastle's own fields: what only the handshake needed
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    negotiation.completed(context);
    clientExtensions = null;
    offeredCipherSuites = null;
    srtpAnswer = null;
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    negotiation.alertReceived(level, description);
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return negotiation.timeoutMillis;
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return negotiation.resendMillis;
  }

  /** RFC 7627 section 5.4: without it keys must not be exported. */
  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  /** The fingerprint decides, whoever signed the certificate. */
  @Override
  @SuppressWarnings("deprecation") // the only way to say it
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false;
  }
}
