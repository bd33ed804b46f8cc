"""Every page on A4: nothing to click, nothing cut off, charts whole and beside each other as on the screen.

Charts keep the pixels they have on the screen, where a page is never wider than 1180. Making all of it smaller lets
the widest of them fit the paper.
"""

from __future__ import annotations

# 190 mm between the margins are 718 pixels; 718 / .6 leaves room for 1196.
STYLE = """<style>
.on-paper { display: none; }
@media print {
  @page { size: A4 portrait; margin: 10mm; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stPageLink"],
  [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"], [data-testid="stStatusWidget"],
  .stDownloadButton, .stButton:not(:has([data-testid="stBaseButton-tertiary"])), .stFormSubmitButton,
  .stFileUploader, .stPopover, .st-key-copy-link, [data-testid="stDialog"], [data-testid="stTooltipIcon"],
  [data-testid="stNumberInputStepDown"], [data-testid="stNumberInputStepUp"],
  [data-testid="stExpander"]:has(details:not([open])), .stForm { display: none !important; }
  .block-container { padding: 0 !important; max-width: none !important; zoom: .6; }
  .block-container [data-testid="stVerticalBlock"] { gap: .45rem !important; }
  .block-container hr { margin: .3rem 0 !important; }
  /* Streamlit prints columns below each other, and what scrolls on the screen would end where its frame does. */
  .block-container [data-testid="stHorizontalBlock"] { display: flex !important; flex-wrap: nowrap !important; }
  .block-container [data-testid="stColumn"] { min-width: 0 !important; }
  .block-container [data-testid="stVerticalBlock"], .block-container [data-testid="stLayoutWrapper"] {
    height: auto !important; max-height: none !important; overflow: visible !important;
  }
  h1, h2, h3, .block-container [data-testid="stHeading"] { break-after: avoid; }
  .chart, .stDeckGlJsonChart, [data-testid="stHorizontalBlock"], [data-testid="stMetric"], .ps {
    break-inside: avoid;
  }
  /* The grid draws no more rows than fit its frame; .on-paper behind it holds all of them. */
  .stElementContainer:has([data-testid="stDataFrame"]):has(+ .stElementContainer .on-paper) { display: none; }
  /* What opens at a click on the screen is there to be read on paper. */
  details.def::details-content { content-visibility: visible; height: auto; display: block; }
  details.def { break-inside: avoid; }
  .on-paper { display: block; }
  .on-paper table { width: 100%; border-collapse: collapse; font-size: 11pt; }
  .on-paper th, .on-paper td { border: 1px solid #595959; padding: .1rem .3rem; text-align: left; }
  .on-paper tr, .mx tr { break-inside: avoid; }
  .on-paper thead, .mx thead { display: table-header-group; }
  .mx { overflow: visible !important; max-height: none !important; }
  .mx thead th { position: static !important; }
}
</style>"""
