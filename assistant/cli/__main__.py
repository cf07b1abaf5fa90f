"""`python -m assistant.cli` is `zhiji`."""

from __future__ import annotations

from assistant.cli import main

raise SystemExit(main())
