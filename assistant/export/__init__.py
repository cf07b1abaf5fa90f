"""From a draft to the files that are handed in: Word by GB/T 9704-2012, Markdown, and the 自评表 form."""
