"""SVG of matplotlib made small and readable for all: no address, two decimals, a title and a description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_HEAD = re.compile(r"<svg [^>]*?viewBox=\"0 0 ([\d.]+) ([\d.]+)\"[^>]*>", re.DOTALL)
_LEFT_OUT = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
# What this says for all elements stands at the root instead: in a page, it would be said of the whole page.
_STYLE = re.compile(r"<defs>\s*<style type=\"text/css\">[^<]*</style>\s*</defs>")
_ROOT = 'role="img" stroke-linejoin="round" stroke-linecap="butt"'
_USED = re.compile(r"(?:href=\"#|url\(#)([^\")]+)")
_ID = re.compile(r' id="([^"]+)"')
_STYLED = re.compile(r' style="([^"]*)"')
_PATH = re.compile(r'(?<= d=")[^"]+')
_COMMAND = re.compile(r"\s*([A-Za-z])\s*")
_SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def head(width: float, height: float, title: str, lines: Sequence[str]) -> str:
    """The opening of an SVG that screen readers can name."""
    said = f"<title>{escape(title)}</title>" if title else ""
    said += f"<desc>{escape('　'.join(lines))}</desc>" if lines else ""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f"<svg {_SVG} {_ROOT} {size}>{said}"


def tidied(svg: str, title: str, lines: Sequence[str]) -> str:
    """ValueError: not an SVG of matplotlib."""
    found = _HEAD.search(svg)
    if found is None:
        raise ValueError("not an SVG of matplotlib")
    width, height = (float(part) for part in found.groups())
    body = _STYLE.sub("", _LEFT_OUT.sub("", svg[found.end() :]), count=1)
    body = _NUMBER.sub(_shorter, body)
    body = _PATH.sub(lambda match: _COMMAND.sub(r"\1", match.group()), body)
    body = _STYLED.sub(_attributes, body)
    used = set(_USED.findall(body))
    body = _ID.sub(lambda match: match.group() if match.group(1) in used else "", body)
    body = re.sub(r">\s+<", "><", re.sub(r"\s*\n\s*", " ", body))
    return head(width, height, title, lines) + body.strip()


def _attributes(match: re.Match[str]) -> str:
    """A style as attributes: a site that forbids inline styles must not turn a chart black."""
    parts = [part.partition(":") for part in match.group(1).split(";") if part.strip()]
    # The shorthand of a font has no attribute.
    kept = "; ".join(f"{name.strip()}: {value.strip()}" for name, _, value in parts if name.strip() == "font")
    said = "".join(f' {name.strip()}="{value.strip()}"' for name, _, value in parts if name.strip() != "font")
    return said + (f' style="{kept}"' if kept else "")


def _shorter(match: re.Match[str]) -> str:
    value = float(match.group())
    # Scales of glyphs are far below 1 and need their digits.
    text = f"{value:.2f}" if abs(value) >= 1 else f"{value:.6f}"
    return text.rstrip("0").rstrip(".") or "0"
