package org.purertc.bench;

import java.net.InetSocketAddress;
import java.security.Key;
import org.openjdk.jmh.annotations.Benchmark;
import org.purertc.ice.internal.BindingRequest;
import org.purertc.ice.internal.StunCodec;
import org.purertc.ice.internal.StunMessage;
import org.purertc.ice.internal.TransactionId;

/** A connectivity check and its response, with MESSAGE-INTEGRITY and FINGERPRINT. */
public class StunBenchmark extends InnerLoop {
  private final StunCodec codec = new StunCodec();
  private final Key key = StunCodec.key("VOkJxbRl1RmTxUk/WvJxBt4h");
  private final TransactionId id = new TransactionId(0xb7e7a701bc34d686L, 0xfa87dfae);
  private final InetSocketAddress mapped = new InetSocketAddress("192.0.2.1", 32_853);
  private final BindingRequest request =
      new BindingRequest(id, "evtj:h6vY", 0x6e0001ffL, true, 0x932ff9b151263b36L, true);
  private final byte[] encoded = codec.encode(request, key);

  @Benchmark
  public byte[] encodeRequest() {
    return codec.encode(request, key);
  }

  @Benchmark
  public byte[] encodeSuccess() {
    return codec.encodeSuccess(id, mapped, key);
  }

  @Benchmark
  public boolean decodeAndAuthenticate() {
    StunMessage message = codec.decode(encoded, 0, encoded.length);
    if (message == null) {
      throw new IllegalStateException("our own request does not decode");
    }
    return codec.isAuthentic(message, key);
  }
}
