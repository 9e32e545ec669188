"""Make the two pictures of the README from one brief: its memo's first page and its review page.

    python docs/pictures.py memo.json        writes docs/memo.png and docs/review.png

Needs LibreOffice Writer, poppler-utils, fonts-noto-cjk, fonts-arphic-ukai, chromium and
chromium-driver, and selenium from PyPI. The fonts of the standard are not free: here free ones
take their places, by a font configuration of this run's own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from summarizer.render import load_brief, save_brief

DOCS = Path(__file__).parent
STAND_INS = {
    "仿宋_GB2312": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC:semibold",
    "宋体": "Noto Serif CJK SC",
    "楷体_GB2312": "AR PL UKai CN",
    "黑体": "Noto Sans CJK SC",
}
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1400,900",
)  # fmt: skip


def font_configuration() -> str:
    rules = ""
    for name, stand_in in STAND_INS.items():
        family, _, weight = stand_in.partition(":")
        rules += f'<match><test name="family"><string>{name}</string></test>'
        rules += (
            f'<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit>'
        )
        if weight:
            rules += f'<edit name="weight" mode="assign"><const>{weight}</const></edit>'
        rules += "</match>"
    return f"<fontconfig><include>/etc/fonts/fonts.conf</include>{rules}</fontconfig>"


def picture_of_the_memo(docx: Path, folder: Path) -> None:
    (folder / "fonts.conf").write_text(font_configuration(), encoding="utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)}

    def convert(source: Path, form: str) -> Path:
        subprocess.run(["soffice", "--headless", "--convert-to", form, "--outdir", folder, source],
                       check=True, env=environment, stdout=subprocess.DEVNULL)  # fmt: skip
        return source.with_suffix(f".{form}")

    # LibreOffice hangs a mark over the margin of a justified line and then does not paint it.
    flat = convert(docx, "fodt")
    hanging, simple = (f'style:punctuation-wrap="{kind}"' for kind in ("hanging", "simple"))
    flat.write_text(flat.read_text(encoding="utf-8").replace(hanging, simple), encoding="utf-8")
    pdf = convert(flat, "pdf")
    subprocess.run(["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-singlefile", "-png",
                    pdf, DOCS / "memo"], check=True)  # fmt: skip


def picture_of_the_page(page: Path, folder: Path) -> None:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    with webdriver.Chrome(options=options, service=service) as browser:
        browser.get(page.as_uri())
        browser.find_element("css selector", "#achievements_2 .figure:nth-of-type(2)").click()
        browser.save_screenshot(str(DOCS / "review.png"))


def main() -> None:
    brief = load_brief(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save_brief(brief, folder / "memo.docx")
        save_brief(brief, folder / "memo.html")
        picture_of_the_memo(folder / "memo.docx", folder)
        picture_of_the_page(folder / "memo.html", folder)


if __name__ == "__main__":
    main()
