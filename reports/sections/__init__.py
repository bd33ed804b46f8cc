"""The sections of packs: one module makes one section, or a few of one subject, from reports.sources."""
