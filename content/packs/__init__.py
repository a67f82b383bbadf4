"""The packs that come with PSOT: data only, one folder each."""
