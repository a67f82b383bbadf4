"""A content package: the manifest names the items; everything else in it is accounted for."""

import posixpath
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from content.exchange.archives import unpack
from content.exchange.drafts import Draft, LeftOut
from content.exchange.limits import ImportRefused, Limits
from content.exchange.losses import Loss, shown
from content.exchange.qti.body import path_of
from content.exchange.qti.item import read_item
from content.exchange.qti.names import in_one_language
from content.exchange.trees import parse

MANIFEST = "imsmanifest.xml"
ITEM = "imsqti_item_"
TESTS = ("imsqti_test_", "imsqti_assessment_", "imsqti_section_")
FILES = ("webcontent", "associatedcontent/", "css", "controlfile/", "resourcemetadata/")


def read_package(data: bytes, *, limits: Limits) -> tuple[list[Draft], list[Loss]]:
    """Drafts of all items of a package, and losses of the package. Raises ImportRefused."""
    files = unpack(data, limits=limits)
    path = _manifest_path(files)
    folder = posixpath.dirname(path)
    manifest = in_one_language(parse(files[path], limits=limits, name=path))
    if manifest.tag != "manifest":
        raise ImportRefused("root", shown(manifest.tag))
    drafts: list[Draft] = []
    losses = _of_the_package(manifest)
    for resource in manifest.findall("resources/resource"):
        kind = resource.get("type", "")
        if kind.startswith(ITEM):
            if len(drafts) == limits.questions:
                raise ImportRefused("questions", f"> {limits.questions:,}")
            drafts.append(_item(resource, files, folder, limits))
        elif not kind.startswith(FILES):
            code = "test" if kind.startswith(TESTS) else "resource"
            losses.append(Loss(part=shown(kind), what=shown(resource.get("href", "")), code=code))
    return drafts, losses


def _manifest_path(files: Mapping[str, bytes]) -> str:
    """The manifest, at the top or in the one folder that holds everything."""
    found = sorted(
        (path for path in files if posixpath.basename(path) == MANIFEST),
        key=lambda one: one.count("/"),
    )
    if not found:
        raise ImportRefused("manifest")
    return found[0]


def _of_the_package(manifest: Element) -> list[Loss]:
    losses = [
        Loss(part="organization", what=shown(item.get("identifier", "")), code="test")
        for item in manifest.findall("organizations/organization")
    ]
    metadata = manifest.find("metadata")
    known = ("schema", "schemaversion")
    if metadata is not None and any(child.tag not in known for child in metadata):
        losses.append(Loss(part="metadata", what="", code="metadata"))
    return losses


def _item(resource: Element, files: Mapping[str, bytes], folder: str, limits: Limits) -> Draft:
    path = path_of(resource.get("href", ""), folder)
    if path not in files:
        draft = Draft(place=shown(path), kind="item", title=resource.get("identifier", ""))
        draft.left_out = LeftOut(path, "resource_missing").loss
        return draft
    root = parse(files[path], limits=limits, name=path)
    draft = read_item(root, place=shown(path), folder=posixpath.dirname(path), files=files)
    if resource.find("metadata") is not None:
        draft.lose("metadata", "", "metadata")
    return draft
