package org.purertc.interop.browser;

import java.util.List;

/** What a visitor of the echo page sees, as conditions in JavaScript; the same in each browser. */
final class EchoPage {
  static final String OVERFLOW =
      "document.documentElement.scrollWidth - document.documentElement.clientWidth";

  /** All of these come true after Start. */
  static final List<String> COMES_BACK =
      List.of(
          "document.getElementById('returned').videoWidth > 0",
          pixelsChange(),
          "document.getElementById('returned').srcObject.getAudioTracks().length === 1",
          hasTwoPoints("bitrate", "here"),
          hasTwoPoints("bitrate", "java"),
          hasTwoPoints("loss", "here"),
          hasTwoPoints("loss", "java"),
          hasTwoPoints("rtt", "here"),
          hasTwoPoints("rtt", "java"),
          hasTwoPoints("jitter", "here"),
          hasTwoPoints("jitter", "java"),
          isPositive("bitrate-here"),
          isPositive("bitrate-java"),
          isPositive("sent-here"),
          isPositive("sent-java"),
          "/opus/.test(document.getElementById('codecs').textContent)");

  static final String STOPPED = "document.getElementById('returned').srcObject === null";

  private EchoPage() {}

  /** Counts the pictures of the returned video that differ from the one before. */
  private static String pixelsChange() {
    return """
    (() => {
      const video = document.getElementById('returned');
      const canvas = window.seen ??= Object.assign(
        document.createElement('canvas'), { width: 64, height: 48, changes: 0, last: '' });
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(video, 0, 0, 64, 48);
      const now = context.getImageData(0, 0, 64, 48).data.join();
      if (canvas.last !== '' && canvas.last !== now) canvas.changes++;
      canvas.last = now;
      return canvas.changes >= 10;
    })()
    """;
  }

  private static String hasTwoPoints(String plot, String line) {
    return "document.querySelector('#%s-plot [data-line=%s]').points.length >= 2"
        .formatted(plot, line);
  }

  private static String isPositive(String id) {
    return "parseFloat(document.getElementById('%s').textContent) > 0".formatted(id);
  }
}
