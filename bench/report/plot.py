"""Bars as SVG, without a library: light and dark pages both read it."""

from html import escape

WIDTH = 760
LEFT = 300
RIGHT = 120
BAR = 16
COLOURS = {"PureRTC": "#2f7ed8", "libwebrtc": "#b0672a"}

STYLE = """text { font: 13px system-ui, sans-serif; fill: #555 }
.title { font-weight: 600 }
line { stroke: #8888 }
@media (prefers-color-scheme: dark) { text { fill: #bbb } }"""


def _document(height, title, parts):
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
            f' aria-label="{escape(title, quote=True)}">',
            f"<style>{STYLE}</style>",
            f'<text class="title" x="8" y="20">{escape(title)}</text>',
            *parts,
            "</svg>",
            "",
        ]
    )


def _bar(y, share, colour, text):
    width = max(1.0, share * (WIDTH - LEFT - RIGHT))
    return [
        f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>',
        f'<text x="{LEFT + width + 6:.1f}" y="{y + BAR - 3}">{escape(text)}</text>',
    ]


def grouped(title, groups):
    """`groups`: (label, [(series, value, text)]); each group has a scale of its own."""
    parts, y = [], 36
    for label, bars in groups:
        largest = max(value for _, value, _ in bars) or 1
        middle = y + len(bars) * (BAR + 2) / 2 + 4
        parts.append(f'<text x="8" y="{middle:.0f}">{escape(label)}</text>')
        for series, value, text in bars:
            parts += _bar(y, value / largest, COLOURS[series], f"{series} {text}")
            y += BAR + 2
        y += 12
    return _document(y, title, parts)


def single(title, bars):
    """`bars`: (label, value, text) on one scale."""
    parts, y = [], 36
    largest = max((value for _, value, _ in bars), default=0) or 1
    for label, value, text in bars:
        parts.append(f'<text x="8" y="{y + BAR - 3}">{escape(label)}</text>')
        parts += _bar(y, value / largest, COLOURS["PureRTC"], text)
        y += BAR + 6
    return _document(y + 6, title, parts)
