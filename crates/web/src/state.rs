//! The state that every handler is given: the application, the password check, and the settings of the installation.

use app::access::sign_in::PasswordSignIn;
use app::app::App;
use std::net::IpAddr;
use std::sync::Arc;

/// The state that every handler is given; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The application: database, document vault, clock.
    pub app: App,
    /// Checks passwords; limits the number of checks at the same time, because each is slow on purpose.
    pub passwords: PasswordSignIn,
    pub settings: Arc<Settings>,
}

/// Settings of the installation as seen from the web: its origins, proxies and optional pages.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The origins from which forms are accepted, for example `https://exams.example.kz`.
    pub origins: Vec<String>,
    /// Whether the site is reached through TLS.
    pub is_secure: bool,
    /// The proxies whose `X-Forwarded-For` header is trusted.
    pub trusted_proxies: Vec<IpAddr>,
    /// The demo accounts that are shown beside the sign-in form.
    pub demo_accounts: Vec<DemoAccount>,
    /// Whether visitors may read the approved exams of a group without signing in.
    pub public_exams: bool,
    /// The one-time key that opens the setup page; valid until a registrar or an administrator has a password.
    pub setup_key: Option<String>,
}

/// The password of every demo account. It is public: the demo listens on the loopback interface only.
pub const DEMO_PASSWORD: &str = "emtihan-demo";

/// A demo account that the sign-in page offers.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    pub username: String,
    /// The key of the text that names the person's role.
    pub role_key: String,
}
