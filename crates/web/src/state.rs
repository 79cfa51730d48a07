//! The state that every handler is given: the application, the password check, and the settings of the installation.

use app::access::sign_in::PasswordSignIn;
use app::app::App;
use std::net::IpAddr;
use std::sync::Arc;

/// The state that every handler of a request is given; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The application handle with database, document vault and clock.
    pub app: App,
    /// Checks passwords at sign-in; limits the number of checks at the same time, because each is slow on purpose.
    pub passwords: PasswordSignIn,
    pub settings: Arc<Settings>,
}

/// Settings of the installation that the web pages need: its origins, proxies and optional pages.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The origins from which web forms are accepted, for example `https://exams.example.kz`.
    pub origins: Vec<String>,
    /// Whether the site is reached through TLS.
    pub is_secure: bool,
    /// The addresses of the proxies whose `X-Forwarded-For` header is trusted.
    pub trusted_proxies: Vec<IpAddr>,
    /// The demo accounts that the sign-in page shows beside its form.
    pub demo_accounts: Vec<DemoAccount>,
    /// Whether visitors may read the approved exams of a group without signing in.
    pub public_exams: bool,
    /// The one-time key that opens the page of first-run setup; valid until a registrar or an administrator has a
    /// password.
    pub setup_key: Option<String>,
}

/// The password of every demo account. It is public: the demo listens on the loopback interface only.
pub const DEMO_PASSWORD: &str = "emtihan-demo";

/// A demo account that the sign-in page offers.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    pub username: String,
    /// The key of the text that names the role of a demo account.
    pub role_key: String,
}
