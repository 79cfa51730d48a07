//! The name of a person's device in plain words: browser and operating system, from the header
//! `User-Agent`.

/// The browsers that are recognised, by a part of `User-Agent`. A browser that also names the browser
/// on which it is based is listed before that browser.
const BROWSERS: [(&str, &str); 10] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser/", "Yandex Browser"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chromium/", "Chromium"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// The operating systems that are recognised, by a part of `User-Agent`. A system that also names the
/// system on which it is based is listed before that system.
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// Returns browser and operating system of a device, such as "Firefox, Windows". The text is empty if
/// neither is recognised.
pub(crate) fn device_name(user_agent: &str) -> String {
    let known = |names: &[(&str, &'static str)]| {
        names.iter().find(|(part, _)| user_agent.contains(part)).map(|(_, name)| *name)
    };
    [known(&BROWSERS), known(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_by_browser_and_system() {
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 \
            Safari/537.36";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
            Version/18.5 Mobile/15E148 Safari/604.1";
        let samsung = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 \
            Chrome/130.0.0.0 Mobile Safari/537.36";
        for (user_agent, name) in [
            (chrome, "Chrome, Windows"),
            (&format!("{chrome} Edg/139.0.0.0"), "Edge, Windows"),
            (&format!("{chrome} OPR/120.0.0.0"), "Opera, Windows"),
            (&chrome.replace("Safari/", "YaBrowser/25.6.0.0 Safari/"), "Yandex Browser, Windows"),
            (iphone, "Safari, iPhone"),
            (samsung, "Samsung Internet, Android"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0", "Firefox, Linux"),
            ("curl/8.5.0", ""),
            ("", ""),
        ] {
            assert_eq!(device_name(user_agent), name);
        }
    }
}
