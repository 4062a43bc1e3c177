"""Разбор звонка in a browser."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

FILES = Path(__file__).resolve().parents[1] / "objections" / "transcripts" / "files"
HOSTILE = (
    "Клиент: <img src=x onerror=\"document.title='взлом'\"> дорого\n"
    "<script>document.title='взлом'</script>: <b>жирно</b> javascript:alert(1)\n"
    'Клиент: =HYPERLINK("http://example.com") дорого\n'
)


def _paste(page: Any, text: str) -> None:
    page.get_by_label("Текст разговора").fill(text)
    page.get_by_role("button", name="Разобрать").click()
    page.wait_for_selector(".conversation")


def _drop(page: Any, path: Path) -> None:
    page.wait_for_selector(".intake")
    page.evaluate(
        """([name, bytes]) => {
            const data = new DataTransfer();
            data.items.add(new File([Uint8Array.from(bytes)], name));
            document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));
        }""",
        [path.name, list(path.read_bytes())],
    )


def test_the_example_is_shown_at_one_click(watched: Any) -> None:
    """Both sides, the objections with their words underlined, and a card beside them."""
    page = watched.open()
    page.get_by_role("button", name="Показать пример").click()
    page.wait_for_selector(".conversation")
    assert page.locator(".line").count() == 28
    assert page.locator(".line.seller").count() == 14
    assert page.locator(".line.price mark").count() > 0
    assert page.locator(".side .term-card h3").inner_text() == "КЭВ"
    assert int(page.locator(".tile.total strong").inner_text()) == 7


def test_hostile_text_stays_text(watched: Any) -> None:
    """Markup in a transcript is shown, not run."""
    page = watched.open()
    _paste(page, HOSTILE)
    assert page.locator(".conversation img, .conversation script, .conversation b").count() == 0
    assert "<img src=x onerror=" in page.locator(".conversation").inner_text()
    assert "взлом" not in page.title()


def test_a_policy_forbids_inline_script(watched: Any) -> None:
    """Even a script that got into the page would not run."""
    page = watched.open()
    page.wait_for_selector(".intake")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); }"
    )
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in complaint for complaint in watched.complaints)
    watched.complaints.clear()


@pytest.mark.parametrize(
    "name",
    [
        "srt.srt",
        "vtt.vtt",
        "whisper.json",
        "whisper_tabs.tsv",
        "speechkit_v3.jsonl",
        "salutespeech.json",
        "mango.json",
        "bitrix24-read.json",
        "gong.json",
        "dialogue.txt",
    ],
)
def test_a_file_is_dropped(watched: Any, name: str) -> None:
    """A file of each family is read."""
    page = watched.open()
    _drop(page, FILES / name)
    page.wait_for_selector(".conversation")
    assert page.locator(".line").count() > 0
    assert name in page.locator(".lead").first.inner_text()


def test_a_file_that_is_no_call_is_refused_in_words(watched: Any, tmp_path: Path) -> None:
    """The page says what to do, and the way in is still there."""
    picture = tmp_path / "call.bin"
    picture.write_bytes(bytes(range(256)))
    page = watched.open()
    _drop(page, picture)
    notice = page.get_by_role("alert")
    notice.wait_for()
    assert "не удалось прочесть" in notice.inner_text()
    assert page.locator(".intake").is_visible()
    watched.complaints.clear()  # Chromium reports each answer above 399


def test_a_call_is_read_by_keyboard(watched: Any) -> None:
    """From the field to the objections, then a correction, without a mouse."""
    page = watched.open()
    page.get_by_label("Текст разговора").focus()
    page.keyboard.insert_text(
        "Менеджер: добрый день\nКлиент: это дорого для нас\nКлиент: мне не надо, спасибо"
    )
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".conversation")
    assert page.locator(".line.current .said").inner_text() == "это дорого для нас"
    page.keyboard.press("n")
    assert page.locator(".line:focus .said").inner_text() == "это дорого для нас"
    page.keyboard.press("n")
    assert page.locator(".line:focus .said").inner_text() == "мне не надо, спасибо"
    page.keyboard.press("ArrowUp")
    assert page.locator(".line.current .said").inner_text() == "это дорого для нас"
    page.keyboard.press("2")
    assert "сомнение в качестве" in page.locator(".line.current .answer").inner_text()
    page.get_by_role("button", name="Отменить").press("Enter")
    assert "цена" in page.locator(".line.current .answer").inner_text()


def test_a_correction_reaches_the_service(watched: Any) -> None:
    """What was chosen is stored once its time to be taken back is over."""
    page = watched.open()
    _paste(page, "Клиент: это слишком дорого для нас")
    page.locator(".line .fix").click()
    watched.complaints.clear()  # the first try did not see a conversation in one line
    with page.expect_response("**/v1/feedback") as waited:
        page.locator(".correction").get_by_role("button", name="отказ").click()
    assert waited.value.json()["results"][0]["status"] == "stored"
    assert waited.value.request.post_data_json["category"] == "отказ"


def test_thousands_of_lines_are_read(watched: Any, tmp_path: Path) -> None:
    """Lines far away are not laid out, and the end is one key away."""
    path = tmp_path / "long.txt"
    lines = [f"Клиент: расскажите про доставку номер {number}" for number in range(4999)]
    path.write_text("\n".join([*lines, "Клиент: это слишком дорого"]), encoding="utf-8")
    page = watched.open()
    _drop(page, path)
    page.wait_for_selector(".conversation", timeout=120_000)
    assert page.locator(".line").count() == 5000
    page.keyboard.press("n")
    assert page.locator(".line.current .said").inner_text() == "это слишком дорого"
    assert page.evaluate("getComputedStyle(document.querySelector('.block')).contentVisibility") == "auto"


def test_a_click_on_the_strip_goes_to_the_line(watched: Any) -> None:
    """The whole call stands above it."""
    page = watched.open()
    _paste(page, "\n".join(f"Клиент: расскажите про доставку номер {number}" for number in range(300)))
    box = page.locator(".strip-picture").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.9, box["y"] + box["height"] - 4)
    page.wait_for_selector(".line.current:focus")
    assert int(page.locator(".line.current").get_attribute("data-place")) == pytest.approx(270, abs=4)


def test_the_csv_is_for_spreadsheets(watched: Any) -> None:
    """A byte order mark, semicolons, and no cell that would be a formula."""
    page = watched.open()
    _paste(page, HOSTILE)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Скачать CSV").click()
    text = Path(waited.value.path()).read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
    assert rows[0][:2] == ["звонок", "номер"]
    assert rows[-1][4].startswith("'=HYPERLINK")
