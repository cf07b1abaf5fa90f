"""What the figures are worth: rule packs, formulas, cards and the ledger; knows nothing of files or prose."""
