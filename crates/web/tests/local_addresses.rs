//! Tests that no address from a request takes people to another site: not in links of pages, not in redirects, not after
//! signing in.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use axum::http::Uri;
use visitor::{Answer, Site, Visitor};

/// Addresses that a browser takes to another site if a page repeats them.
const FOREIGN: [&str; 45] = [
    "//evil.example",
    "//evil.example/",
    "//evil.example/groups",
    "//evil.example:443/",
    "//user@evil.example/",
    "//user:word@evil.example/",
    "//127.0.0.1/",
    "//[::1]/",
    "//EVIL.example",
    "///evil.example",
    "////evil.example/",
    "//",
    "//?lang=kk",
    "//evil.example?next=/groups",
    "//evil.example/?lang=kk",
    "//evil.example/inbox",
    "//inbox",
    "//copies/drafts",
    "//evil.example/copies",
    "//evil.example/sign-in",
    "//evil.example/%2e%2e",
    "//evil%2eexample/",
    "//%65vil.example/",
    "/\\evil.example",
    "/\\/evil.example",
    "/\\\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\u{b}//evil.example",
    "/\u{0}/evil.example",
    "/\u{85}/evil.example",
    "http://evil.example",
    "https://evil.example/groups",
    "https:/evil.example",
    "https:evil.example",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "data:text/html,evil.example",
    "ftp://evil.example",
    "evil.example",
];

/// Whether a browser stays on the site of a page when it follows this address (WHATWG URL, section 4.4).
fn stays(address: &str) -> bool {
    let kept: String = address.chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).collect();
    let kept = kept.trim_matches(|letter: char| letter <= ' ').replace('\\', "/").to_lowercase();
    let before_path = kept.split(['/', '?', '#']).next().unwrap_or_default();
    !kept.starts_with("//") && !before_path.contains(':')
}

/// The addresses that a page links to or sends forms to.
fn addresses(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in ["href", "action", "formaction", "src"] {
        for rest in html.split(&format!(" {attribute}=")).skip(1) {
            let value = rest.trim_start_matches('"').split(['"', ' ', '>']).next().unwrap_or_default();
            found.push(value.replace("&#38;", "&").replace("&amp;", "&").replace("&#x2f;", "/"));
        }
    }
    found
}

fn check(answer: &Answer, what: &str) {
    assert!(stays(answer.location()), "{what}: {}", answer.location());
    let linked = addresses(&answer.body);
    assert!(linked.iter().all(|address| stays(address)), "{what}: {linked:?}");
    // A page names its own address only in links to the page in other languages.
    assert!(linked.iter().all(|address| !address.contains("evil.example/?lang")), "{what}: {linked:?}");
}

/// The foreign addresses that can be the path of a request.
fn paths() -> Vec<&'static str> {
    let is_path = |address: &&str| address.starts_with('/') && address.parse::<Uri>().is_ok();
    FOREIGN.into_iter().filter(is_path).collect()
}

fn visitors(site: &Site) -> [Visitor; 2] {
    [site.stranger(), site.signed_in("registrar")]
}

#[test]
fn browsers_leave_the_site_for_each_address_of_the_list() {
    let exceptions = ["evil.example", "\t//evil.example"];
    for address in FOREIGN {
        assert!(
            !stays(address) || exceptions.contains(&address) || address.contains(['\u{0}', '\u{85}']),
            "{address:?}"
        );
    }
    assert!(stays("/groups?a=//evil.example") && stays("?a") && stays("#a"));
}

#[test]
fn pages_at_foreign_looking_paths_link_to_this_site_only() {
    let site = Site::with(true);
    assert!(paths().len() > 20, "{:?}", paths());
    for mut visitor in visitors(&site) {
        for path in paths() {
            for asked in [path.to_owned(), format!("{path}?a=1"), format!("{path}?lang=kk"), format!("{path}&lang=ru")]
            {
                check(&visitor.get(&asked), &asked);
                check(&visitor.post(&asked, &[("a", "b")]), &asked);
            }
            visitor.origin = Some("https://other.example".into());
            check(&visitor.post(path, &[]), path);
            visitor.origin = Some("http://test.example".into());
        }
    }
}

#[test]
fn signing_in_leads_to_this_site_only() {
    let site = Site::new();
    for (number, next) in FOREIGN.into_iter().enumerate() {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
        for asked in [format!("/sign-in?{query}"), format!("/sign-in?{query}&lang=kk")] {
            check(&site.stranger().get(&asked), &asked);
        }
        let mut aliya = site.signed_in("aliya");
        let answer = aliya.sign_in_to("aliya", "correct horse", next);
        // Control characters are dropped from what a form sends; what is left is a path of this site.
        assert!(["/", "/ /evil.example"].contains(&answer.location()), "{next:?} leads to {}", answer.location());
        assert_eq!(answer.status, 303, "{next:?}");
        if number < 4 {
            let refused = site.stranger().sign_in_to("aliya", "wrong", next);
            assert_eq!(refused.status, 401);
            check(&refused, next);
        }
    }
}

#[test]
fn a_refused_form_links_to_this_site_whatever_page_it_came_from() {
    let site = Site::new();
    for from in FOREIGN {
        let mut registrar = site.signed_in("registrar");
        registrar.get("/terms");
        for referer in [format!("http://test.example{from}"), from.to_owned()] {
            if axum::http::HeaderValue::from_str(&referer).is_err() {
                continue;
            }
            registrar.referer = Some(referer);
            let refused = registrar.post_without_csrf("/terms", &[]);
            assert_eq!(refused.status, 403, "{from:?}");
            check(&refused, from);
            check(&registrar.post("/none", &[]), from);
            check(&registrar.get(&format!("/groups?lang=ru&from={}", from.len())), from);
        }
    }
}

#[test]
fn a_page_of_a_local_address_is_shown_in_another_language_at_the_same_address() {
    let site = Site::with(true);
    for (asked, expected) in [
        ("/none?a=%2F%2Fevil.example", "/none?a=%2F%2Fevil.example&lang=ru"),
        ("/none/a//b", "/none/a//b?lang=ru"),
        ("/public/exams?group=CS", "/public/exams?group=CS&lang=ru"),
    ] {
        let linked = addresses(&site.stranger().get(asked).body);
        assert!(linked.iter().any(|address| address == expected), "{asked}: {linked:?}");
    }
}
