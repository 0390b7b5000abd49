package org.purertc.interop.browser;

/** What a member of a call sees, as expressions in JavaScript; the same in each browser. */
final class CallPage {
  static final String OVERFLOW =
      "document.documentElement.scrollWidth - document.documentElement.clientWidth";

  /** Pairs of controls that lie upon each other, and controls that reach out of the window. */
  static final String OVERLAPS =
      """
      (() => {
        const controls = [...document.querySelectorAll('button, input, select, a')]
          .filter((it) => it.checkVisibility())
          .map((it) => ({ name: it.id || it.className || it.textContent, ...box(it) }));
        function box(it) {
          const { left, top, right, bottom } = it.getBoundingClientRect();
          return { left, top, right, bottom };
        }
        const found = controls
          .filter((it) => it.left < 0 || it.right > innerWidth)
          .map((it) => `${it.name} is outside`);
        controls.forEach((a, i) => controls.slice(i + 1).forEach((b) => {
          const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
          if (!apart) found.push(`${a.name} overlaps ${b.name}`);
        }));
        return found.join('; ');
      })()
      """;

  private CallPage() {}

  /** Counts the pictures in the tile of {@code name} that differ from the one before. */
  static String moves(String name) {
    return """
    (() => {
      const tile = %s;
      const video = tile && tile.querySelector('video');
      if (!video || video.videoWidth === 0 || !tile.classList.contains('has-picture')) return false;
      const canvas = tile.seen ??= Object.assign(
        document.createElement('canvas'), { width: 64, height: 36, changes: 0, last: '' });
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(video, 0, 0, 64, 36);
      const now = context.getImageData(0, 0, 64, 36).data.join();
      if (canvas.last !== '' && canvas.last !== now) canvas.changes++;
      canvas.last = now;
      return canvas.changes >= 5;
    })()
    """
        .formatted(tile(name));
  }

  /** There is a tile, and it shows no picture. */
  static String isDark(String name) {
    return "(%1$s !== undefined && !%1$s.classList.contains('has-picture'))".formatted(tile(name));
  }

  static String hears(String name) {
    return "%s?.querySelector('video').srcObject?.getAudioTracks().length === 1"
        .formatted(tile(name));
  }

  static String hasTiles(int count) {
    return "document.querySelectorAll('.tile').length === " + count;
  }

  static String shows(String id, String text) {
    return "document.getElementById('%s').textContent.includes('%s')".formatted(id, text);
  }

  /** Fills the form and joins. */
  static String join(String name) {
    return """
    document.getElementById('name').value = '%s';
    document.getElementById('join').click();
    """
        .formatted(name);
  }

  private static String tile(String name) {
    return "[...document.querySelectorAll('.tile')].find((it) =>"
        + " it.querySelector('.tile-name').textContent === '%s')".formatted(name);
  }
}
