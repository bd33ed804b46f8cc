"""Plotly dictionaries of ui.charts and maps of ui.maps, drawn as vector pictures: one module for each kind of mark."""
