from content.exchange import Outcome, import_questions

TWO = """// [id:ppe-07]
Верно ли это? {T}

// [id:ppe-08]
А это? {F}
"""


def test_an_id_that_is_taken_is_never_given_again() -> None:
    found = import_questions(TWO.encode(), topic="ppe", taken={"ppe-07", "ppe-30"})

    assert [row["id"] for row in found.rows] == ["ppe-31", "ppe-08"]
    assert "id" in [loss.code for loss in found.report.entries[0].losses]


def test_an_id_of_another_topic_gives_way_to_the_next_of_this_one() -> None:
    found = import_questions(TWO.encode(), topic="height")

    assert [row["id"] for row in found.rows] == ["height-01", "height-02"]


def test_two_questions_of_one_id_become_two() -> None:
    found = import_questions(TWO.replace("ppe-08", "ppe-07").encode(), topic="ppe")

    assert [row["id"] for row in found.rows] == ["ppe-07", "ppe-08"]


def test_without_a_topic_a_category_that_names_one_decides() -> None:
    text = "$CATEGORY: $course$/top/ppe\n\nА? {T}\n\n$CATEGORY: чужое\n\nБ? {T}"

    found = import_questions(text.encode(), topics={"ppe", "height"})

    assert [row["id"] for row in found.rows] == ["ppe-01"]
    left = found.report.entries[1]
    assert left.outcome is Outcome.LEFT_OUT
    assert [loss.code for loss in left.losses if loss.part == "category"] == ["no_topic"]


def test_tags_name_only_topics_and_norms_that_are_here() -> None:
    text = "// [tag:topic:height] [tag:topic:moon] [tag:norm:ppe-n01] [tag:norm:ppe-n99]\nА? {T}"

    found = import_questions(
        text.encode(), topic="ppe", topics={"ppe", "height"}, norms={"ppe-n01"}
    )

    assert found.rows[0]["also"] == ["height"]
    assert found.rows[0]["source"] == {"norm": "ppe-n01"}
    unknown = [loss.what for loss in found.report.entries[0].losses if loss.code == "tag_unknown"]
    assert unknown == ["topic:moon", "norm:ppe-n99"]
