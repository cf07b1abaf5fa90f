"""The assistant (助手): answers about scores, figures, past reports and drafts; changes something only after a yes."""
