"""The page on one sheet of A4: what can be clicked or opened stays off the paper, the rest moves together."""

from __future__ import annotations

# Beside ui.print_style, which holds for every page.
STYLE = """<style>
@media print {
  @page { size: A4 portrait; margin: 9mm; }
  [class*="st-key-fold-"], .st-key-municipality-filters, .st-key-trend-choice, .st-key-peers-chosen,
  .st-key-off-paper { display: none !important; }
  .block-container { zoom: .57; }
  .block-container [data-testid="stVerticalBlock"] { gap: .3rem !important; }
  .block-container h2, .block-container h3 { padding: .2rem 0 0 !important; font-size: 1.05rem !important; }
  .block-container p, .block-container li { font-size: .86rem !important; line-height: 1.4 !important; }
  .block-container ul { margin: 0 !important; }
  .block-container hr { margin: .2rem 0 !important; }
  .mx { break-inside: avoid; }
  .mx table { width: 100%; }
  .mx th, .mx td { font-size: .76rem !important; padding: .02rem .3rem !important; }
  .ps table { font-size: .8rem !important; }
  .ps th, .ps td { padding: .02rem .3rem !important; }
  .ps .t { min-width: 8rem !important; }
}
</style>"""
