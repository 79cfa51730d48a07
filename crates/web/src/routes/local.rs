//! Local addresses: whether an address that came with a request leads to a page of this site. Every
//! link and redirect to such an address asks here.

use super::START;

/// Returns the address if it is local: a path of this site, with or without a query.
///
/// Browsers ignore control characters in an address and read a backslash in a path as a slash. So
/// `//evil.example`, `/\evil.example` and a tab between two slashes lead to another site.
pub(crate) fn as_local(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let is_local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !address.chars().any(|letter| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}'));
    is_local.then_some(address)
}

/// Returns the address if it is local, otherwise that of the start page.
pub(crate) fn local_or_start(address: &str) -> &str {
    as_local(address).unwrap_or(START)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_a_browser_takes_to_another_site_is_not_local() {
        let foreign = [
            "",
            "//",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "\\/evil.example",
            "/a\\..\\..\\evil.example",
            "/\t/evil.example",
            "\t//evil.example",
            "/\n/evil.example",
            "/groups\r\nLocation: //evil.example",
            "/\u{0}/evil.example",
            "/\u{85}/evil.example",
            "/groups?a=\u{7f}",
            "https://evil.example",
            "https:/evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            " /groups",
            " //evil.example",
            "evil.example",
            "?next=/groups",
            "#",
            "*",
            "@evil.example",
            ".",
            "..//evil.example",
        ];
        for address in foreign {
            assert_eq!((as_local(address), local_or_start(address)), (None, "/"), "{address:?}");
        }
        for address in ["/", "/groups", "/groups?a=\\&b=//x", "/a//b", "/a#//b", "/%5Cevil", "/%2F/x", "/.//x", "/ә"] {
            assert_eq!((as_local(address), local_or_start(address)), (Some(address), address));
        }
    }
}
