"""From a filled table or JSON to a Report (读入); knows nothing of scores."""
