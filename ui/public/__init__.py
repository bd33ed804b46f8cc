"""Parts of the public pages. They read the published database only: nothing internal may be reached from here."""
