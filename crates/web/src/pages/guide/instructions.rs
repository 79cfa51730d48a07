//! Renders the exam instructions on a platform or a catalogue row as HTML, with their videos.

use crate::i18n::Texts;
use crate::markdown;
use domain::catalogue::{Catalogue, Video};

/// Exam instructions on one topic rendered as HTML, with their title and videos.
pub(crate) struct GuideView {
    pub(crate) title: String,
    pub(crate) html: String,
    pub(crate) videos: Vec<Video>,
}

/// Renders the exam instructions on a topic. If the topic is a catalogue row, its instructions come
/// first, and the instructions on the row's platform come after them. Every heading becomes
/// `deeper` levels smaller, so that it ranks below the headings of the web page that contains the
/// instructions.
pub(crate) fn guide_on(catalogue: &Catalogue, topic: &str, t: Texts, deeper: usize) -> GuideView {
    let text = |topic: &str| catalogue.instructions_on(topic).map(|name| t.name(name)).unwrap_or_default();
    let row = catalogue.rows.iter().find(|row| row.id.0 == topic);
    let mut html = markdown::html(markdown::body(text(topic)), deeper).to_string();
    let mut videos: Vec<Video> = catalogue.videos_on(topic).cloned().collect();
    if let Some(row) = row {
        let platform = text(&row.platform);
        let (title, more) =
            (markdown::escaped(markdown::title(platform)), markdown::html(markdown::body(platform), deeper));
        html.push_str(&format!("<details><summary>{title}</summary>{more}</details>"));
        videos.extend(catalogue.videos_on(&row.platform).cloned());
    }
    GuideView { title: markdown::title(text(topic)).to_owned(), html, videos }
}
