//! Finds and replaces a section of a Markdown page between the markers `<!-- name:begin -->` and
//! `<!-- name:end -->`, and reads the table in such a section.

/// Returns the comment that marks the beginning of the section `name` in a Markdown page.
pub(crate) fn begin(name: &str) -> String {
    format!("<!-- {name}:begin -->")
}

/// Returns the comment that marks the end of the section `name` in a Markdown page.
pub(crate) fn end(name: &str) -> String {
    format!("<!-- {name}:end -->")
}

/// Returns a Markdown page in which the text of a section is replaced; `None` if the page has no
/// such section.
pub(crate) fn replaced(page: &str, name: &str, text: &str) -> Option<String> {
    let (before, _, after) = parts(page, name)?;
    Some(format!("{before}{}\n{text}{}{after}", begin(name), end(name)))
}

/// Reads the table in a section of a Markdown page, without the table's head. Returns the line
/// number and the trimmed cells of each table row; `None` if the page has no such section.
pub(crate) fn rows(page: &str, name: &str) -> Option<Vec<(usize, Vec<String>)>> {
    let (before, section, _) = parts(page, name)?;
    let first_line = before.matches('\n').count() + 1;
    let table = section.lines().zip(first_line..).filter_map(|(line, number)| Some((number, cells(line)?)));
    Some(table.skip(2).collect())
}

fn parts<'a>(page: &'a str, name: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let (before, rest) = page.split_once(&begin(name))?;
    let (section, after) = rest.split_once(&end(name))?;
    Some((before, section, after))
}

fn cells(line: &str) -> Option<Vec<String>> {
    let row = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(row.split('|').map(|cell| cell.trim().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "a\n<!-- x:begin -->\n| b | c |\n|---|---|\n| 1 | 2 |\n<!-- x:end -->\nd\n";

    #[test]
    fn rows_know_their_lines() {
        assert_eq!(rows(PAGE, "x"), Some(vec![(5, vec!["1".to_owned(), "2".to_owned()])]));
        assert_eq!(rows(PAGE, "y"), None);
    }

    #[test]
    fn only_the_section_is_replaced() {
        let page = replaced(PAGE, "x", "new\n").unwrap();
        assert_eq!(page, "a\n<!-- x:begin -->\nnew\n<!-- x:end -->\nd\n");
        assert_eq!(replaced(&page, "x", "new\n").as_deref(), Some(page.as_str()));
        assert_eq!(replaced(PAGE, "y", "new\n"), None);
    }
}
