"""A lesson is read as it was written, and nothing in it runs."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.lessons import Rendered, render
from content.lessons.anchors import Anchors
from content.quiz import Lesson, Names, built_in_pack, write_lesson
from content.quiz.lesson_files import read_lesson

ADDRESSES = {
    "norm:height-n01": "/norms/height-n01",
    "term:permit": "/glossary#permit",
    "topic:height": "/topics/height",
    "practice:roof": "/practice/roof",
    "pictures/roof.svg": "/files/roof.svg",
}


def rendered(markdown: str, language: str = "ru") -> Rendered:
    return render(markdown, links=ADDRESSES.get, language=language)


def test_headings_are_places_to_jump_to() -> None:
    lesson = rendered("## Что проверить?\n\nВсё.\n\n### Ещё\n\n## Что проверить?\n")

    assert [(one.anchor, one.title, one.level) for one in lesson.headings] == [
        ("chto-proverit", "Что проверить?", 2),
        ("eshche", "Ещё", 3),
        ("chto-proverit-2", "Что проверить?", 2),
    ]
    assert '<h2 id="chto-proverit">Что проверить?</h2>' in lesson.html


def test_anchors_differ_even_where_a_heading_looks_like_another_anchor() -> None:
    anchors = Anchors()

    assert [anchors.give(one) for one in ("А", "А", "А 2", "А")] == ["a", "a-2", "a-2-2", "a-3"]


def test_the_title_of_a_lesson_is_the_only_one_of_its_level() -> None:
    assert "<h1" not in rendered("# Заголовок\n").html


def test_each_section_is_a_passage_for_search() -> None:
    lesson = rendered("Начало.\n\n## Таблица\n\n| a | b |\n|---|---|\n| 1 | *два* |\n\n## Пусто\n")

    assert [(one.anchor, one.title, one.text) for one in lesson.passages] == [
        ("", "", "Начало."),
        ("tablitsa", "Таблица", "a\nb\n1\nдва"),
        ("pusto", "Пусто", ""),
    ]


@pytest.mark.parametrize(
    ("mark", "ru", "en"),
    [
        ("NOTE", "Примечание", "Note"),
        ("TIP", "Совет", "Tip"),
        ("IMPORTANT", "Важно", "Important"),
        ("WARNING", "Внимание", "Warning"),
        ("CAUTION", "Опасно", "Caution"),
    ],
)
def test_a_callout_has_its_name_in_either_language(mark: str, ru: str, en: str) -> None:
    callout = f"> [!{mark}]\n> Не спешите.\n"

    for language, name in (("ru", ru), ("en", en)):
        html = rendered(callout, language).html
        assert f'<div class="callout callout-{mark.lower()}" role="note">' in html
        assert f'<p class="callout-title">{name}</p>' in html
        assert "<p>Не спешите.</p>" in html


def test_a_quotation_stays_one() -> None:
    assert "<blockquote>" in rendered("> Просто слова.\n").html


def test_a_table_is_aligned_by_classes() -> None:
    html = rendered("| a | b |\n|---|--:|\n| 1 | 2 |\n").html

    assert '<td class="align-right">2</td>' in html
    assert "style" not in html


def test_a_table_is_scrolled_in_a_frame_that_keys_can_reach() -> None:
    html = rendered("| a | b |\n|---|---|\n| 1 | 2 |\n").html

    assert '<div class="table-frame" role="group" tabindex="0" aria-label="Таблица">' in html
    assert html.count("</table>\n</div>") == 1


def test_links_lead_where_the_caller_says() -> None:
    lesson = rendered(
        "[ст. 1](norm:height-n01), [наряд](term:permit), [высота](topic:height), "
        "[крыша](practice:roof), [текст](https://example.org/?a=1&b=2), [ст. 1](norm:height-n01)"
    )

    assert '<a class="to-norm" href="/norms/height-n01">ст. 1</a>' in lesson.html
    assert '<a class="to-term" href="/glossary#permit">наряд</a>' in lesson.html
    assert 'rel="noopener noreferrer" href="https://example.org/?a=1&amp;b=2"' in lesson.html
    assert lesson.cites == ("height-n01",)
    assert lesson.targets == ("norm:height-n01", "term:permit", "topic:height", "practice:roof")
    assert lesson.broken == ()


@pytest.mark.parametrize(
    "target", ["norm:height-n99", "term:", "/somewhere", "#place", "mailto:a@example.org"]
)
def test_a_link_to_nowhere_stays_a_text_and_is_told(target: str) -> None:
    lesson = rendered(f"[слова]({target})")

    assert '<span class="to-nowhere">слова</span>' in lesson.html
    assert lesson.broken == (target,)


def test_pictures_come_from_the_pack_alone() -> None:
    lesson = rendered(
        "![Крыша](pictures/roof.svg) ![Лес](pictures/wood.svg) ![Чужая](https://example.org/a.png)"
    )

    assert '<img src="/files/roof.svg" alt="Крыша" loading="lazy">' in lesson.html
    assert lesson.html.count("<img") == 1
    assert "Лес Чужая" in lesson.html
    assert lesson.broken == ("pictures/wood.svg", "https://example.org/a.png")


def test_reading_time_is_counted_from_words() -> None:
    lesson = rendered("## Слова\n\n" + "слово " * 1499)

    assert (lesson.words, lesson.minutes) == (1500, 10)
    assert rendered("").minutes == 1


DANGEROUS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![a](javascript:alert(1))",
    '[a](norm:height-n01 "x\\" onmouseover=alert(1)")',
    "<https://example.org/\"onmouseover='alert(1)'>",
    "| <iframe src=x> |\n|---|\n| <svg/onload=alert(1)> |",
    "## <style>*{}</style>",
    "```html\n<script>alert(1)</script>\n```",
    '<a href="norm:height-n01">a</a>',
]
TAG = re.compile(r"<[^>]*>")
ALLOWED = re.compile(
    r"</?(h[2-6]|p|br|hr|blockquote|div|span|ul|ol|li|strong|em|s|code|pre|a|img"
    r"|table|thead|tbody|tr|th|td)\b[^<]*>"
)


def assert_harmless(html: str) -> None:
    for tag in TAG.findall(html):
        assert ALLOWED.fullmatch(tag), tag
        assert not re.search(r"\s(on\w+|style|srcset|formaction)\s*=", tag), tag
        address = re.search(r'(?:href|src)="([^"]*)"', tag)
        assert not address or re.match(r"https?://|/", address[1]), tag


@pytest.mark.parametrize("markdown", DANGEROUS)
def test_nothing_dangerous_gets_through(markdown: str) -> None:
    assert_harmless(rendered(markdown).html)


@given(
    st.lists(st.sampled_from(DANGEROUS) | st.text(alphabet="<>[]()!`|#*\"'&;:\\\n ab"), max_size=6)
)
def test_no_mixture_of_dangers_gets_through(pieces: list[str]) -> None:
    assert_harmless(rendered("".join(pieces)).html)
    assert_harmless(rendered("\n\n> ".join(pieces)).html)


def test_every_lesson_of_the_start_pack_is_harmless() -> None:
    for lesson in built_in_pack("start").lessons.values():
        shown = render(lesson.markdown, links=lambda target: f"/{target}")
        assert_harmless(shown.html)
        assert shown.broken == ()


def test_a_lesson_is_written_as_it_was_read(tmp_path: Path) -> None:
    lesson = Lesson(
        topic="ppe",
        version=3,
        title=Names(ru="СИЗ: «последний» рубеж", en='PPE: the "last" line'),
        summary=Names(ru="Кратко\\", en="In short"),
        markdown="## Начало\n\n---\n\nТекст.\n",
    )
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons/ppe.md").write_text(write_lesson(lesson), encoding="utf-8")

    assert read_lesson(tmp_path, "ppe") == (lesson, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("## Начало\n", "must begin with its title, version and summary between two lines of ---"),
        ("---\nversion: 1\n---\nТекст\n", "'title' is a required property"),
        ("---\nversion: [\n---\nТекст\n", "line 3: "),
    ],
)
def test_a_lesson_without_a_good_head_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons/ppe.md").write_text(text, encoding="utf-8")
    lesson, problems = read_lesson(tmp_path, "ppe")

    assert lesson is None
    assert str(problems[0]).startswith(f"lessons/ppe.md: {message}")
