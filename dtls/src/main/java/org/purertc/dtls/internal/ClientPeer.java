package org.purertc.dtls.internal;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/** The choices of {@code setup:active}. */
final class ClientPeer extends AbstractTlsClient {

  private final Negotiation negotiation;

  ClientPeer(Negotiation negotiation) {
    super(negotiation.endpoint.crypto());
    this.negotiation = negotiation;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return Negotiation.clientSuites();
  }

  @Override
  @SuppressWarnings("rawtypes") // as BouncyCastle declares it
  protected Vector getSupportedGroups(Vector roles) {
    Vector<Integer> groups = new Vector<>();
    for (int group : Negotiation.GROUPS) {
      groups.add(group);
    }
    return groups;
  }

  @Override
  protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
    return Negotiation.signatureAlgorithms();
  }

  @Override
  protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
    return null; // nobody revokes a self-signed certificate
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // as BouncyCastle declares it
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    TlsSRTPUtils.addUseSRTPExtension(extensions, negotiation.srtpOffer());
    return extensions;
  }

  @Override
  @SuppressWarnings("rawtypes") // as BouncyCastle declares it
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    negotiation.srtpChosen(TlsSRTPUtils.getUseSRTPExtension(extensions));
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        negotiation.verify(server.getCertificate());
      }

      @Override
      public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) {
        return negotiation.credentials(context, request.getSupportedSignatureAlgorithms());
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    negotiation.completed(context);
    supportedGroups = null;
    supportedSignatureAlgorithms = null;
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
