"""What is learned, with its history: packs, documents, versions, the editors' desk, search."""
