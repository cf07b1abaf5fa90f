"""From scores and passages to prose: briefs, writers, and the composer that fills figures in."""
