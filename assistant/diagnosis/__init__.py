"""From scores to problem candidates (存在问题) with evidence, each paired with a measure."""
