"""Writes the programme documents of the demo university from the roster, the story and the words in programmes.toml.

    pip install fpdf2 && python3 demo/make_programmes.py

One document for every upload of story.toml: what it says about platform, form and type follows from the choice that it was sent
with. The same input gives the same bytes. The PDFs carry a subset of DejaVu Sans (Debian: fonts-dejavu-core), so that Kazakh
letters are there on every machine and the text can be read out again.
"""

import csv
import sys
import tomllib
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from xml.sax.saxutils import escape

from fpdf import FPDF

DEMO = Path(__file__).resolve().parent
FONTS = Path("/usr/share/fonts/truetype/dejavu")
WHEN = datetime(2026, 1, 1, tzinfo=timezone.utc)
LIMIT = 40_000  # bytes of one document


def main():
    words = tomllib.loads((DEMO / "programmes.toml").read_text(encoding="utf-8"))
    story = tomllib.loads((DEMO / "story.toml").read_text(encoding="utf-8"))["act"]
    roster = Roster(DEMO / "roster")
    uploads = [act for act in story if act["do"] == "upload"]
    for upload in uploads:
        path = DEMO / upload["file"]
        write = write_pdf if path.suffix == ".pdf" else write_docx
        write(path, list(programme(upload, choice_for(upload, story, roster), roster, words)))
        if path.stat().st_size > LIMIT:
            sys.exit(f"{path.name} is larger than {LIMIT} bytes")
    for stray in {p.name for p in (DEMO / "programmes").iterdir()} - {Path(u["file"]).name for u in uploads}:
        print(f"not in the story: programmes/{stray}")
    print(f"{len(uploads)} documents, {sum((DEMO / u['file']).stat().st_size for u in uploads)} bytes")


class Roster:
    """The rows of the OneRoster folder by their sourcedId; people by user name."""

    def __init__(self, folder):
        def rows(name, key="sourcedId"):
            with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
                return {row[key]: row for row in csv.DictReader(file)}

        self.orgs, self.sessions, self.courses = rows("orgs"), rows("academicSessions"), rows("courses")
        self.classes, self.users = rows("classes"), rows("users", "username")


def choice_for(upload, story, roster):
    """The choice that the document was written for: the one that names it, else the discipline's nearest one."""
    choices = [act for act in story if "row" in act]
    about = [act for act in choices if roster.classes[act["classes"][0]]["courseSourcedId"] == upload["course"]]
    named = [act for act in about if act.get("file") == upload["file"]]
    same_term = [act for act in about if act["term"] == upload["term"]]
    return (named + same_term + about)[0]


def language(path):
    """`…-ru.pdf` and `…-en.pdf` say their language; the others are Kazakh."""
    parts = Path(path).stem.split("-")
    return next((code for code in ("ru", "en") if code in parts), "kk")


def programme(upload, choice, roster, words):
    """The document as (style, text) blocks."""
    code = upload["course"]
    lang = language(upload["file"])
    name = f"metadata.name{lang.capitalize()}"
    say, row = words["text"][lang], words["row"][choice["row"]][lang]
    course, term, teacher = roster.courses[code], roster.sessions[upload["term"]], roster.users[upload["who"]]
    department = roster.orgs[course["orgSourcedId"]]
    faculty = roster.orgs[department["parentSourcedId"]]
    level = roster.classes[choice["classes"][0]]["metadata.level"]
    edition = next((int(part) for part in Path(upload["file"]).stem.split("-") if part in ("2", "3")), 1)

    university = roster.orgs[faculty["parentSourcedId"]]
    yield "small", " · ".join(org[name] for org in (university, faculty, department))
    yield "title", say["head"]
    yield "subtitle", f"{code} {course[name]}"
    yield "text", f"{say['term']}: {term[name]}"
    yield "text", f"{say['language']} · {say['level']}: {say[level]}"
    if edition > 1:
        yield "text", f"{say['edition']}: {edition}"
    yield "small", say["note"]

    yield "part", say["part1"]
    yield "head", say["topics"]
    topics = words["topics"][code][lang]
    # Last term's programme was one topic shorter, and so is a draft.
    shorter = upload["term"] != "2026-autumn" or "-draft" in upload["file"]
    yield from numbered(topics[:-1] if shorter else topics)
    yield "head", say["outcomes"]
    yield from bullets(say["outcome"])

    # A draft is half of what is asked for: the check of documents has something to say about it.
    if "-draft" in upload["file"]:
        return
    yield "part", say["part2"]
    for field in ("platform", "form", "type"):
        if field in row:
            yield "text", f"{say[field]}: {row[field]}"
    info = choice.get("info")
    if info:
        yield "text", f"{say['info']}: {info}"
    yield "head", say["technology"]
    yield from numbered(line.replace("{info}", info or "") for line in row["technology"])
    yield "head", say["method"]
    yield from bullets(row["method"])
    if edition > 1:
        yield "head", say["criteria"]
        yield from bullets(say["criterion"])
    if edition > 2:
        yield "head", say["sample"]
        yield from bullets(say["samples"])
    yield "head", say["common"]
    yield from bullets(say["commons"])

    yield "author", f"{say['author']}: {teacher['familyName']} {teacher['givenName']}"
    yield "small", say["made_up"]


def numbered(lines):
    return (("item", f"{number}. {line}") for number, line in enumerate(lines, 1))


def bullets(lines):
    return (("item", f"– {line}") for line in lines)


# style: font style, size in points, space above in millimetres, indent in millimetres
LOOK = {
    "title": ("B", 15, 3, 0),
    "subtitle": ("B", 12, 1, 0),
    "part": ("B", 12, 5, 0),
    "head": ("B", 10, 2.5, 0),
    "text": ("", 10, 0.5, 0),
    "item": ("", 10, 0.5, 5),
    "author": ("", 10, 4, 0),
    "small": ("", 8.5, 1.5, 0),
}


def write_pdf(path, blocks):
    pdf = FPDF(format="A4")
    pdf.creation_date = WHEN
    pdf.set_title(blocks[2][1])
    pdf.set_margins(22, 20, 18)
    pdf.set_auto_page_break(True, 18)
    pdf.add_font("sans", "", FONTS / "DejaVuSans.ttf")
    pdf.add_font("sans", "B", FONTS / "DejaVuSans-Bold.ttf")
    pdf.add_page()
    for style, text in blocks:
        weight, size, above, indent = LOOK[style]
        pdf.set_font("sans", weight, size)
        pdf.set_y(pdf.get_y() + above)
        pdf.set_x(pdf.l_margin + indent)
        pdf.multi_cell(0, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.output(path)


# A DOCX is a zip of a few XML files; written out here it is 3 KB, not the 36 KB of a library's template.
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_docx(path, blocks):
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{MAIN}.styles+xml"/></Types>',
        "_rels/.rels": relationship("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": relationship("styles", "styles.xml"),
        "word/document.xml": f"<w:document {W}><w:body>{''.join(paragraph(*block) for block in blocks)}"
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1021" w:bottom="1134" w:left="1247" w:header="567" w:footer="567" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{''.join(docx_style(name) for name in LOOK)}</w:styles>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, XML + content)


def relationship(kind, target):
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def paragraph(style, text):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx_style(name):
    weight, size, above, indent = LOOK[name]
    bold = "<w:b/>" if weight else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{" w:default=" + chr(34) + "1" + chr(34) if name == "text" else ""}>'
        f'<w:name w:val="{name}"/><w:pPr><w:spacing w:before="{round(above * 57)}" w:after="20"/>'
        f'<w:ind w:left="{round(indent * 57)}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>{bold}<w:sz w:val="{round(size * 2)}"/></w:rPr></w:style>'
    )


if __name__ == "__main__":
    main()
