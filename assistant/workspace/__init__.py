"""Saved work (工作区): reports in progress, their drafts and conversations. SQLite by default."""
