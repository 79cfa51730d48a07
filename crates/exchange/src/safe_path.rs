//! Checks the file paths in archives and catalogues that other programs have written, so that no
//! file outside of the archive or folder is accessed.

/// Returns whether a relative path stays below its base folder. A path with `..`, an absolute path,
/// and a path with a drive letter or a backslash are not allowed.
pub(crate) fn stays_below(path: &str) -> bool {
    let has_forbidden_letter = path.chars().any(|letter| letter.is_control() || letter == '\\' || letter == ':');
    let has_forbidden_part = path.split('/').any(|part| matches!(part, "" | "." | ".."));
    !has_forbidden_letter && !has_forbidden_part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_the_folder_are_followed() {
        for fine in ["guide.webm", "media/guide.webm", "a..b/c", "видео/нұсқаулық.webm"] {
            assert!(stays_below(fine), "{fine}");
        }
        for bad in ["", "/etc/passwd", "..", "../a", "a/../b", "a//b", "C:\\a", "c:/a", "a\\..\\b", "./a", "a\0", "a/"]
        {
            assert!(!stays_below(bad), "{bad}");
        }
    }
}
