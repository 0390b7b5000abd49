package org.purertc.interop.browser;

/** What the ticker page shows, as expressions in JavaScript; the same in each browser. */
final class TickerPage {
  /** All prices are there, and the table has changed since the first look. */
  static final String PRICES_MOVE =
      """
      (() => {
        const rows = document.getElementById('rows');
        if (rows.children.length !== 24) return false;
        rows.seen ??= rows.innerText;
        return rows.innerText !== rows.seen && Number.parseInt(
          document.getElementById('updates').textContent) > 0;
      })()
      """;

  static final String LATENCY_IS_TOLD =
      "/^[0-9.]+ ms$/.test(document.getElementById('median').textContent)";

  static final String IS_NOTIFIED =
      "/ is (up|down) [0-9.]+ %/.test(document.getElementById('notices').textContent)";

  /** Many updates in a message, and no more drawn than a screen shows. */
  static final String IS_BATCHED =
      """
      (() => {
        const number = (id) => Number.parseInt(document.getElementById(id).textContent);
        return number('updates') > 5 * number('messages') && number('frames') <= 250;
      })()
      """;

  private TickerPage() {}
}
