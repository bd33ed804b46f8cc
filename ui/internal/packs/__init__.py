"""What 会議資料 shows: what to put into a pack, how it will look, the files, and what the meetings decided."""
