"""Excel workbooks, read in a process of their own.

The reader is a compiled library: a crafted or damaged workbook can make it abort, loop or ask for all memory there
is, and no exception would tell. In its own process, with a limit of memory and of time, that costs one file.
"""
