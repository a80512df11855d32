"""Draw reliability as SVG."""

from html import escape

from extract.evaluation.reliability import Reliability

_SIZE = 220
_MARGIN = 34


def reliability_svg(part: Reliability) -> str:
    """Return a plot of the share right over the mean score; the diagonal is what should be."""
    full = _SIZE + 2 * _MARGIN
    parts = [
        f'<svg role="img" viewBox="0 0 {full} {full}" width="{full}" height="{full}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(_words(part))}</title>',
        f'<rect x="{_MARGIN}" y="{_MARGIN}" width="{_SIZE}" height="{_SIZE}" fill="none" '
        'stroke="currentColor"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="currentColor" '
        'stroke-dasharray="4 4"/>',
    ]
    for tick in (0.0, 0.5, 1.0):
        parts.append(f'<text x="{_x(tick)}" y="{_y(0) + 16}" {_TEXT}>{tick:g}</text>')
        parts.append(f'<text x="{_x(0) - 16}" y="{_y(tick) + 4}" {_TEXT}>{tick:g}</text>')
    parts.append(f'<text x="{full / 2}" y="{full - 4}" {_TEXT}>mean score</text>')
    parts.append(f'<text x="{full / 2}" y="{_MARGIN - 12}" {_TEXT}>share that is right</text>')
    points = " ".join(f"{_x(b.mean)},{_y(b.right)}" for b in part.bins)
    parts.append(f'<polyline points="{points}" fill="none" stroke="#1f6f4a" stroke-width="2"/>')
    parts += [
        f'<circle cx="{_x(b.mean)}" cy="{_y(b.right)}" r="4" fill="#1f6f4a"/>' for b in part.bins
    ]
    return "".join(parts) + "</svg>"


_TEXT = 'font-size="12" text-anchor="middle" fill="currentColor"'


def _words(part: Reliability) -> str:
    bins = ", ".join(f"{b.mean:.2f}: {b.right:.2f}" for b in part.bins)
    return f"{part.name}: expected calibration error {part.error:.3f}. {bins}"


def _x(value: float) -> float:
    return round(_MARGIN + value * _SIZE, 1)


def _y(value: float) -> float:
    return round(_MARGIN + (1 - value) * _SIZE, 1)
