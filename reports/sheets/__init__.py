"""Parts of a workbook: how cells look, how wide columns are, tables and charts on a sheet."""
