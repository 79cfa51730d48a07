//! The state that every handler is given: the application, the password check, and how this installation is reached.

use app::access::sign_in::PasswordSignIn;
use app::app::App;
use std::net::IpAddr;
use std::sync::Arc;

/// The state that every handler is given; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The application: store, vault, clock.
    pub app: App,
    /// Password checks, a few at a time.
    pub passwords: PasswordSignIn,
    /// How this installation is reached.
    pub settings: Arc<Settings>,
}

/// How this installation is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The origins from which forms are taken, `https://exams.example.kz`.
    pub origins: Vec<String>,
    /// It is reached through TLS.
    pub is_secure: bool,
    /// The proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// The people of the demo, shown beside the sign-in form.
    pub demo_accounts: Vec<DemoAccount>,
    /// Anybody may read the approved exams of a group.
    pub public_exams: bool,
    /// Opens the house for whoever started the program, as long as nobody keeps it.
    pub setup_key: Option<String>,
}

/// The password of every demo account. It is public: the demo listens on the loopback interface only.
pub const DEMO_PASSWORD: &str = "emtihan-demo";

/// A person of the demo.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    /// The name with which the person signs in.
    pub username: String,
    /// The key of the text that names the person's role.
    pub role_key: String,
}
