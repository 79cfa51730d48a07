//! The state that every request handler gets: the application, the password check, and the settings
//! of the installation.

use app::access::setup_key::SetupKey;
use app::access::sign_in::PasswordSignIn;
use app::app::App;
use domain::password::OneTimeHours;
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

/// The state that every request handler gets. Cloning the state is cheap, because the clones share
/// the data.
#[derive(Clone)]
pub struct AppState(Arc<SharedState>);

/// The parts of the state that every request handler gets.
pub struct SharedState {
    /// The application, with its database, its folder of uploaded documents and its clock.
    pub app: App,
    /// Checks usernames and passwords. A check is slow on purpose, so that attackers cannot try
    /// many passwords. Only a limited number of checks run at the same time, because a check needs
    /// much processor time.
    pub passwords: PasswordSignIn,
    pub settings: Settings,
}

impl AppState {
    /// Creates the state of a server.
    pub fn new(app: App, passwords: PasswordSignIn, settings: Settings) -> Self {
        Self(Arc::new(SharedState { app, passwords, settings }))
    }
}

impl Deref for AppState {
    type Target = SharedState;

    fn deref(&self) -> &SharedState {
        &self.0
    }
}

/// Settings of the installation that the web pages need: for example addresses of the site, trusted
/// proxies and optional pages.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The origins (scheme and host) from which HTML forms are accepted, for example
    /// `https://exams.example.kz`.
    pub origins: Vec<String>,
    /// Whether browsers reach the site through TLS (`https`).
    pub is_secure: bool,
    /// The IP addresses of the proxies whose header `X-Forwarded-For` is trusted.
    pub trusted_proxies: Vec<IpAddr>,
    /// The demo accounts that the sign-in page offers; empty in a real installation.
    pub demo_accounts: Vec<DemoAccount>,
    /// Whether anyone can read the approved exams of a student group without signing in.
    pub public_exams: bool,
    /// The key that the setup page asks for, on which the first registrar is created; `None` if a
    /// registrar or an administrator had a password when the server was started.
    pub setup_key: Option<SetupKey>,
    /// The number of hours for which a one-time password is valid.
    pub one_time_password_hours: OneTimeHours,
}

/// The password of every demo account. The password is public, and therefore the demo listens on
/// the loopback interface only.
pub const DEMO_PASSWORD: &str = "emtihan-demo";

/// A demo account that the sign-in page offers as a button.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    pub username: String,
    /// The key of the interface text that names the role of a demo account.
    pub role_key: String,
}
