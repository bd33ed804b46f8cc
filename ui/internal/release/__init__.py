"""Parts of the page 公表: the draft, what it hides, its proof, the approval, the record."""
