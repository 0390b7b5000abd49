/** The table of prices: takes any number of updates, and draws the last of each when it is time. */

export class Board {
  #rows;
  #symbols = [];
  #changed = new Set();
  #frame = 0;

  /** It was drawn. */
  ondrawn = () => {};

  /** @param {HTMLTableSectionElement} rows */
  constructor(rows) {
    this.#rows = rows;
  }

  /** Shows these from now on. */
  show(symbols) {
    this.#changed.clear();
    this.#symbols = symbols.map(({ name, open, price }) => {
      const row = document.createElement('tr');
      const head = cell(row, 'th', '');
      head.scope = 'row';
      head.textContent = name;
      const priceCell = cell(row, 'td', 'number price');
      const changeCell = cell(row, 'td', 'number');
      return { open, price, drawn: price, row, priceCell, changeCell };
    });
    this.#symbols.forEach((it) => draw(it));
    this.#rows.replaceChildren(...this.#symbols.map(({ row }) => row));
  }

  /** Prices have changed: pairs of symbol and cents. */
  update(ticks) {
    for (const [index, cents] of ticks) {
      const symbol = this.#symbols[index];
      symbol.price = cents;
      this.#changed.add(symbol);
    }
    if (this.#changed.size > 0 && this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => this.#draw());
    }
  }

  #draw() {
    this.#frame = 0;
    this.#changed.forEach(draw);
    this.#changed.clear();
    this.ondrawn();
  }
}

function cell(row, kind, classes) {
  const made = document.createElement(kind);
  made.className = classes;
  return row.appendChild(made);
}

function draw(symbol) {
  const { open, price, drawn, priceCell, changeCell } = symbol;
  priceCell.textContent = (price / 100).toFixed(2);
  if (price !== drawn) priceCell.dataset.moved = price > drawn ? 'up' : 'down';
  symbol.drawn = price;
  const percent = (100 * (price - open)) / open;
  changeCell.textContent = `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(2)} %`;
  changeCell.className = `number ${percent < 0 ? 'bad' : 'good'}`;
}
