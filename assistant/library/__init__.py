"""From files to sections and chunks: past reports and any other file read as plain blocks of text."""
