//! Renders exam instructions from Markdown to HTML. Raw HTML in the Markdown is shown as text. Only
//! links to http(s), mail addresses and pages of this site remain links.

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// The largest number of rendered texts of one form that are kept. A catalogue version has some 20
/// instructions in three languages.
const KEPT: usize = 200;

/// The result of rendering a Markdown text: the HTML with headings that are a number of levels
/// smaller, or the first paragraph as plain text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Html { deeper: usize },
    Gist,
}

/// The texts that were rendered before, by form and Markdown. The instructions of a published
/// catalogue version never change, and nearly every page of an instructor shows some of them.
static RENDERED: LazyLock<RwLock<Rendered>> = LazyLock::new(RwLock::default);

type Rendered = HashMap<Form, HashMap<String, Arc<str>>>;

/// Renders Markdown as HTML. Every heading becomes `deeper` levels smaller, so that it ranks below
/// the headings of the web page that contains the rendered text.
pub(crate) fn html(source: &str, deeper: usize) -> Arc<str> {
    kept(Form::Html { deeper }, source, || render(events(source).map(|event| lowered(event, deeper))))
}

fn kept(form: Form, source: &str, make: impl FnOnce() -> String) -> Arc<str> {
    let known =
        RENDERED.read().unwrap_or_else(PoisonError::into_inner).get(&form).and_then(|all| all.get(source).cloned());
    if let Some(known) = known {
        return known;
    }
    let made: Arc<str> = make().into();
    let mut rendered = RENDERED.write().unwrap_or_else(PoisonError::into_inner);
    let all = rendered.entry(form).or_default();
    if all.len() >= KEPT {
        all.clear();
    }
    all.insert(source.to_owned(), Arc::clone(&made));
    made
}

/// The text of the first heading in a Markdown text.
pub(crate) fn title(source: &str) -> &str {
    source.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default().trim()
}

/// Escapes the special characters of HTML in a plain text.
pub(crate) fn escaped(text: &str) -> String {
    render(std::iter::once(Event::Text(text.into())))
}

/// A Markdown text without its first heading.
pub(crate) fn body(source: &str) -> &str {
    match source.trim_start().strip_prefix("# ") {
        Some(rest) => rest.split_once('\n').map_or("", |(_, body)| body),
        None => source,
    }
}

/// The section of a Markdown text whose heading ends in the given mark, for example `## Heading
/// {#students}` for the mark `students`; `None` if no heading has the mark.
pub(crate) fn section<'s>(source: &'s str, mark: &str) -> Option<&'s str> {
    let ending = format!("{{#{mark}}}");
    let sections = source.split("\n## ").skip(1).filter_map(|section| section.split_once('\n'));
    sections.into_iter().find(|(heading, _)| heading.trim_end().ends_with(&ending)).map(|(_, body)| body.trim())
}

/// The first paragraph of a Markdown text as plain text, used as a summary.
pub(crate) fn gist(source: &str) -> Arc<str> {
    kept(Form::Gist, source, || first_paragraph(source))
}

fn first_paragraph(source: &str) -> String {
    let mut gist = String::new();
    let mut inside = false;
    for event in events(body(source)) {
        match event {
            Event::Start(Tag::Paragraph) => inside = true,
            Event::End(TagEnd::Paragraph) => break,
            Event::Text(text) | Event::Code(text) if inside => gist.push_str(&text),
            Event::SoftBreak | Event::HardBreak if inside => gist.push(' '),
            _ => {}
        }
    }
    gist
}

fn events(source: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES).map(harmless)
}

fn render<'e>(events: impl Iterator<Item = Event<'e>>) -> String {
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

fn harmless(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = if is_harmless(&dest_url) { dest_url } else { CowStr::Borrowed("#") };
            let link_type = if link_type == LinkType::Email { LinkType::Email } else { LinkType::Inline };
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        // The content security policy of the website forbids images from other sites, so only the
        // alternative text of an image is shown.
        Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Emphasis),
        other => other,
    }
}

fn is_harmless(address: &str) -> bool {
    ["https://", "http://", "mailto:", "/", "#"].iter().any(|start| address.starts_with(start))
        && !address.starts_with("//")
}

fn lowered(event: Event<'_>, deeper: usize) -> Event<'_> {
    let lower = |level: HeadingLevel| HeadingLevel::try_from((level as usize + deeper).min(6)).unwrap_or(level);
    match event {
        // A heading can have a mark such as `{#students}`, by which the program finds a section of
        // a text. The mark does not become the HTML id of the heading, because one page can show
        // several texts with the same mark.
        Event::Start(Tag::Heading { level, .. }) => {
            let (id, classes, attrs) = (None, Vec::new(), Vec::new());
            Event::Start(Tag::Heading { level: lower(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_an_instruction_can_run() {
        let html = html("# T\n\n<script>x</script>\n\n[a](javascript:x) [b](https://x) ![i](http://e/x.png)", 1);
        assert!(html.contains("&lt;script&gt;") && !html.contains("javascript:") && !html.contains("<img"), "{html}");
        assert!(html.contains("<h2>T</h2>") && html.contains("href=\"https://x\""));
    }

    #[test]
    fn a_marked_section_is_found_and_its_mark_is_not_shown() {
        let source = "# T\n\n## One\na\n\n## Two {#students}\nb\n\n## Three\nc\n";
        let found = section(source, "students").unwrap();
        assert_eq!((found, html(source, 1).contains("<h3>Two</h3>")), ("b", true));
        assert_eq!(section("# T\n\n## Two\nb", "students"), None);
    }

    #[test]
    fn a_text_is_rendered_once_for_each_form() {
        let source = "# Rendered once\n\nA paragraph.";
        assert!(Arc::ptr_eq(&html(source, 1), &html(source, 1)));
        assert_ne!(html(source, 1), html(source, 2));
        assert_eq!(&*gist(source), "A paragraph.");
    }

    #[test]
    fn the_gist_is_the_first_paragraph() {
        assert_eq!(&*gist("# Title\n\nFirst **bold**\nline.\n\nSecond."), "First bold line.");
        assert_eq!(title("# Title\n\nx"), "Title");
    }
}
