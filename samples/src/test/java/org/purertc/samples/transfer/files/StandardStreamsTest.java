package org.purertc.samples.transfer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purertc.samples.transfer.ByteSource;
import org.purertc.samples.transfer.ContentHash;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.Plan;
import org.purertc.samples.transfer.TransferException;

class StandardStreamsTest {

  private static byte[] readAll(ByteSource source) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[100_000];
    int read = source.read(buffer, 0, buffer.length);
    while (read >= 0) {
      all.write(buffer, 0, read);
      Thread.onSpinWait();
      read = source.read(buffer, 0, buffer.length);
    }
    return all.toByteArray();
  }

  @Test
  void standardInputIsOneFileOfUnknownLength() throws Exception {
    byte[] content = new byte[6_000_000];
    new Random(1).nextBytes(content);
    StandardInput input = new StandardInput(new ByteArrayInputStream(content), "stdin");
    assertThat(input.scan().entries())
        .singleElement()
        .satisfies(it -> assertThat(it.isStream()).isTrue());
    try (ByteSource source = input.open(0)) {
      assertThat(readAll(source)).isEqualTo(content);
    }
  }

  @Test
  void standardInputThatHasNothingYetDoesNotBlock() throws Exception {
    PipedOutputStream out = new PipedOutputStream();
    try (PipedInputStream in = new PipedInputStream(out);
        ByteSource source = new StandardInput(in, "stdin").open(0)) {
      assertThat(source.read(new byte[10], 0, 10)).isZero();
      out.write(new byte[] {1, 2, 3});
      out.close();
      assertThat(readAll(source)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void standardInputIsReadOnce() throws Exception {
    StandardInput input = new StandardInput(InputStream.nullInputStream(), "stdin");
    input.open(0).close();
    assertThatThrownBy(input::scan)
        .isInstanceOfSatisfying(
            TransferException.class, it -> assertThat(it.code()).isEqualTo(FailureCode.SOURCE));
  }

  @Test
  void anErrorOfStandardInputIsTold() throws Exception {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }
        };
    try (ByteSource source = new StandardInput(broken, "stdin").open(0)) {
      assertThatThrownBy(() -> readAll(source))
          .hasMessage("cannot read standard input: Input/output error");
    }
  }

  @Test
  void standardOutputTakesBytesAndZeros() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StandardOutput target = new StandardOutput(out);
    target.plan(Manifest.of(List.of(Entry.file("a", 100_003, 0, false))));
    target.begin(0, 0);
    target.write(new byte[] {1, 2, 3});
    target.zeros(100_000);
    target.commit();
    assertThat(out.toByteArray()).hasSize(100_003).startsWith(1, 2, 3, 0).endsWith(0);
  }

  @Test
  void standardOutputGoesOnBehindWhatItWrote() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StandardOutput target = new StandardOutput(out);
    Manifest manifest = Manifest.of(List.of(Entry.file("a", 4, 0, false)));
    target.plan(manifest);
    target.begin(0, 0);
    target.write(new byte[] {1, 2});
    target.close();
    Plan.Blocks have = target.plan(manifest).haves().get(0);
    assertThat(have.block()).isEqualTo(2);
    assertThat(have.hashes()).isEqualTo(hash(1, 2));
    ContentHash hash = target.begin(0, 2);
    target.write(new byte[] {3, 4});
    hash.update(new byte[] {3, 4}, 0, 2);
    assertThat(hash.finish()).isEqualTo(hash(1, 2, 3, 4));
    assertThat(out.toByteArray()).containsExactly(1, 2, 3, 4);
  }

  private static byte[] hash(int... bytes) {
    ContentHash hash = new ContentHash();
    for (int each : bytes) {
      hash.update(new byte[] {(byte) each}, 0, 1);
    }
    return hash.finish();
  }

  @Test
  void standardOutputCannotBeginAnew() throws Exception {
    StandardOutput target = new StandardOutput(OutputStream.nullOutputStream());
    target.plan(Manifest.of(List.of(Entry.file("a", 4, 0, false))));
    target.begin(0, 0);
    target.write(new byte[] {1, 2});
    assertThatThrownBy(() -> target.begin(0, 0)).hasMessageContaining("another one than before");
  }

  @Test
  void standardOutputTakesOneFileOnly() {
    Manifest two = Manifest.of(List.of(Entry.file("a", 1, 0, false), Entry.file("b", 1, 0, false)));
    assertThatThrownBy(() -> new StandardOutput(OutputStream.nullOutputStream()).plan(two))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("single file");
  }

  @Test
  void aClosedStandardOutputIsTold() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThatThrownBy(() -> new StandardOutput(closed).write(new byte[1]))
        .hasMessage("cannot write to standard output: Broken pipe");
  }
}
