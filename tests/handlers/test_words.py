"""Names inside Chinese sentences: no space between Chinese, one before and after Latin."""

import pytest

from handlers.texts.words import bold, words


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("周宁", "👩‍🏫 周宁答复您的提问 #3："),
        ("Leo", "👩‍🏫 Leo 答复您的提问 #3："),
        ("Leo 老师", "👩‍🏫 Leo 老师答复您的提问 #3："),
    ],
)
def test_a_name_stands_in_a_chinese_sentence_as_people_write_it(name: str, read: str) -> None:
    _ = words("zh_CN")

    assert _("👩‍🏫 {name} answers your question #{n}:", name=name, n=3) == read


def test_a_name_in_bold_is_a_name_and_in_english_the_spaces_stay() -> None:
    zh, en, name = words("zh_CN"), words("en"), bold("周宁")

    assert zh("Already taken by {name}.", name=name) == "已被<b>周宁</b>领取。"
    assert en("Already taken by {name}.", name="周宁") == "Already taken by 周宁."
