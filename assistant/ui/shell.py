"""The frame around every page: navigation, the open report, styles; each page loads when it is chosen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.ui import warming
from assistant.ui.boundary import bounded
from assistant.ui.style import style


def run(start: str = "home") -> None:
    """Show the application; `start` is the page that opens first."""
    st.html(style(dark=st.context.theme.type == "dark"))
    chosen = st.navigation(pages(start), position="sidebar")
    warming.wait()
    from assistant.ui.sidebar import show_sidebar

    bounded(show_sidebar)
    chosen.run()
    warming.shown()


def pages(start: str) -> list[st.Page]:
    """Return every page in the order of the work."""
    return [
        st.Page(_guarded(name), title=title, icon=icon, url_path=name, default=name == start)
        for name, (title, icon, _) in _PAGES.items()
    ]


def go(name: str) -> None:
    """Leave this page for another one."""
    title, icon, _ = _PAGES[name]
    st.switch_page(st.Page(_guarded(name), title=title, icon=icon, url_path=name))


def _guarded(name: str) -> Callable[[], None]:
    return lambda: bounded(lambda: _show(name))


def _show(name: str) -> None:
    from assistant.ui.state import current

    if name != "figures":
        current()[1].enter(name)
    _PAGES[name][2]()


def _home() -> None:
    from assistant.ui.home_page import show

    show(go)


def _figures() -> None:
    from assistant.ui.figures_page import show

    show()


def _scores() -> None:
    from assistant.ui.scores_page import show

    show(go)


def _draft() -> None:
    from assistant.ui.draft_page import show

    show(go)


def _search() -> None:
    from assistant.ui.search_page import show

    show(go)


def _library() -> None:
    from assistant.ui.library_page import show

    show()


def _review() -> None:
    from assistant.ui.review_page import show

    show()


def _chat() -> None:
    from assistant.ui.chat_page import show

    show()


def _settings() -> None:
    from assistant.ui.settings_page import show

    show()


_PAGES: dict[str, tuple[str, str, Callable[[], None]]] = {
    "home": ("工作台", ":material/home:", _home),
    "figures": ("填数据", ":material/edit_note:", _figures),
    "scores": ("看得分", ":material/leaderboard:", _scores),
    "draft": ("起草", ":material/description:", _draft),
    "search": ("查往年", ":material/search:", _search),
    "library": ("资料库", ":material/library_books:", _library),
    "review": ("审稿", ":material/rate_review:", _review),
    "chat": ("助手", ":material/forum:", _chat),
    "settings": ("设置", ":material/settings:", _settings),
}
