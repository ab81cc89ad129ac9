"""Takes the pictures in docs/images from a running demonstration.

.venv/bin/python docs/take_screenshots.py http://127.0.0.1:8000
"""

import json
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent / "images"
ACCOUNTS = FOLDER.parents[1] / "var" / "demonstration.json"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PHONE = {"width": 375, "height": 740}
DESK = {"width": 1280, "height": 900}
PERIOD = "2022-11"


def main(site: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name, size in (("desk", DESK), ("phone", PHONE)):
            page = chromium.new_page(viewport=size)
            take_public(page, site, name)
            take_survey(page, site, name)
        take_results(chromium.new_page(viewport=DESK), site)
        chromium.close()


def take(page: Page, name: str, *, whole: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)


def take_public(page: Page, site: str, size: str) -> None:
    for name, address in {
        "home": "/",
        "statement": f"/statements/{PERIOD}/",
        "measure": "/measures/robbery/",
        "help": "/help/",
    }.items():
        page.goto(site + address)
        take(page, f"{name}-{size}")
    page.goto(f"{site}/statements/{PERIOD}/#measure-violence-with-injury")
    take(page, f"priority-{size}")


def take_survey(page: Page, site: str, size: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="Your voice on policing").first.click()
    take(page, f"start-{size}")
    page.get_by_role("button", name="Start now").click()
    page.wait_for_url("**/1/")
    take(page, f"question-{size}")


def take_results(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/surveys/survey/")
    page.get_by_label("Username").fill("analyst")
    page.get_by_label("Password").fill(json.loads(ACCOUNTS.read_text())["passwords"]["analyst"])
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("row", name="domestic-abuse").get_by_role("link", name="Results").click()
    take(page, "results-desk")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
