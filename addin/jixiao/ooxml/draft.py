"""A package being changed: parts replaced, added and dropped, over an archive that stays."""

from .zip_archive import ZipArchive


class Draft:
    """The parts of an archive as they will be; names ignore case, as OPC says."""

    __slots__ = ("_archive", "_parts")

    def __init__(self, archive: ZipArchive) -> None:
        self._archive = archive
        self._parts: dict[str, tuple[str, bytes | None]] = {}

    def __contains__(self, name: str) -> bool:
        """Tell whether there will be a part of this name."""
        changed = self._parts.get(name.lower())
        return name in self._archive if changed is None else changed[1] is not None

    def __getitem__(self, name: str) -> bytes:
        """Return the bytes of a part; PackageError if there is none."""
        changed = self._parts.get(name.lower())
        if changed is not None and changed[1] is not None:
            return changed[1]
        return self._archive[name]

    def get(self, name: str, default: bytes) -> bytes:
        """Return the bytes of a part, or others where there is none."""
        if name not in self:
            return default
        return self[name]

    def __setitem__(self, name: str, data: bytes) -> None:
        """Replace or add a part."""
        self._parts[name.lower()] = (name, data)

    def drop(self, name: str) -> None:
        """Leave a part out."""
        self._parts[name.lower()] = (name, None)

    def has_any(self, ending: str) -> bool:
        """Tell whether any part will have a name with this ending."""
        names = {name.lower() for name in self._archive.names} | self._parts.keys()
        return any(name.endswith(ending) and name in self for name in names)

    def written(self) -> bytes:
        """Return the bytes of the archive with the changes."""
        found = self._parts.values()
        changed = {
            name: data
            for name, data in found
            if data is not None and not (name in self._archive and self._archive[name] == data)
        }
        added = {name: data for name, data in changed.items() if name not in self._archive}
        replaced = {name: data for name, data in changed.items() if name in self._archive}
        dropped = [name for name, data in found if data is None and name in self._archive]
        return self._archive.rewritten(replaced, dropped, added)
