"""The documents a member agrees to."""

import hashlib

import pytest

from psot.members import consents

# A document that somebody agreed to is never edited: a new text is a new version.
FROZEN = {
    "personal_data.v1.en.md": "9b5ff14e2db296ac701078684e98e29a01300ede35c93d2bf23756bb94d73a60",
    "personal_data.v1.ru.md": "161d0318af09a77073fcb6771c026ea1c2935a952c28c07bb458480c34306fc5",
    "publish_name.v1.en.md": "bf1c4260f57816a0ae4329783b3e9246e84b091141271d763caf4b543a6d3098",
    "publish_name.v1.ru.md": "91a19a1ee421a2b69e61405afafdfcb16199c53d215ecf1471f3e1d88cf3976d",
    "region_counts.v1.en.md": "a810860bba3973a0feb58ef2729dd74d1fa4dabcc89ce123521fcd7dec3b043a",
    "region_counts.v1.ru.md": "427a1dc5f4761089df76ea83a83d0575ac0ec52b3a1837e2f5aebd049ee495b8",
}


def test_no_document_changed_since_it_was_published() -> None:
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in consents.FOLDER.glob("*.md")
    }

    assert found == FROZEN


@pytest.mark.parametrize("purpose", sorted(consents.PURPOSES))
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_purpose_has_its_own_text_in_both_languages(purpose: str, language: str) -> None:
    text = consents.newest(purpose, language)

    assert text.title
    assert len(text.paragraphs) >= 2


@pytest.mark.parametrize(
    ("purpose", "version"), [("personal_data", 99), ("spying", 1), ("../x", 1)]
)
def test_what_is_not_there_is_not_found(purpose: str, version: int) -> None:
    with pytest.raises(LookupError):
        consents.document(purpose, version, "ru")
