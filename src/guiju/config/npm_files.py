"""Files of npm packages that pages use, as package-lock.json pins them; none where npm is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

ROOT = Path(__file__).parents[3] / "node_modules"
_FONT = "assets/bpmn-font/font/bpmn"
FILES = {
    "bpmn-js": (
        "bpmn-js/dist",
        (
            "bpmn-modeler.production.min.js",
            "assets/diagram-js.css",
            "assets/bpmn-js.css",
            "assets/bpmn-font/css/bpmn.css",
            *(f"{_FONT}.{ending}" for ending in ("eot", "svg", "ttf", "woff", "woff2")),
        ),
    )
}
"""By their folder among the static files: the folder in npm's, and the files."""


class NpmFinder(BaseFinder):
    """Gives Django's static files those of ``FILES`` that are installed."""

    def find(self, path: str, find_all: bool = False) -> str | list[str]:  # type: ignore[override] # noqa: FBT001, FBT002 - Django says so by overloads
        """Return where a file is; nothing for one that is not installed."""
        folder, _, name = path.partition("/")
        place, names = FILES.get(folder, ("", ()))
        found = ROOT / place / name
        if name not in names or not found.is_file():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, _ignore_patterns: object) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the files that are installed, each with the storage that holds it."""
        for folder, (place, names) in FILES.items():
            storage = FileSystemStorage(location=str(ROOT / place))
            storage.prefix = folder  # type: ignore[attr-defined] # as Django's finders do
            for name in names:
                if (ROOT / place / name).is_file():
                    yield name, storage
