"""The page on one sheet of A4: what can be clicked or opened stays off the paper, the rest moves together."""

from __future__ import annotations

STYLE = """<style>
@media print {
  @page { size: A4 portrait; margin: 9mm; }
  [class*="st-key-fold-"], .st-key-municipality-filters, .st-key-trend-choice, .st-key-peers-chosen,
  .st-key-off-paper, [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"] {
    display: none !important;
  }
  .block-container { padding: 0 !important; max-width: none !important; zoom: .57; }
  .block-container [data-testid="stVerticalBlock"] { gap: .3rem !important; }
  .block-container h2, .block-container h3 { padding: .2rem 0 0 !important; font-size: 1.05rem !important; }
  .block-container p, .block-container li { font-size: .86rem !important; line-height: 1.4 !important; }
  .block-container ul { margin: 0 !important; }
  .block-container hr { margin: .2rem 0 !important; }
  /* Streamlit prints columns with charts below each other; here they stay side by side. */
  .block-container [data-testid="stHorizontalBlock"] { display: flex !important; flex-wrap: nowrap !important; }
  .block-container [data-testid="stColumn"] { min-width: 0 !important; }
  .ps, .mx, .stPlotlyChart { break-inside: avoid; }
  .mx table { width: 100%; }
  .mx th, .mx td { font-size: .76rem !important; padding: .02rem .3rem !important; }
  .ps table { font-size: .8rem !important; }
  .ps th, .ps td { padding: .02rem .3rem !important; }
  .ps .t { min-width: 8rem !important; }
}
</style>"""
