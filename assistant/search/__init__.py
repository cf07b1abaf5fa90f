"""From a question to passages of past reports: the store, keyword and semantic search, and their fusion."""
