//! Serving: the door, the background work, and an end that finishes what was taken.

use crate::accept::accept;
use crate::mail::{MailSettings, Mailer};
use anyhow::{Context, Result};
use app::access::session::tidy;
use app::access::sign_in::PasswordSignIn;
use app::app::App;
use app::history::checkpoint;
use app::history::checkpoint::checkpoint;
use app::programmes::check_programmes::check_waiting;
use app::roster::imports::forget_old_files;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{MissedTickBehavior, interval};
use web::{AppState, Settings, router};

/// How long requests that were taken may take to finish after the program was asked to stop.
const GRACE: Duration = Duration::from_secs(20);

/// How often the post goes.
const POST_SECONDS: u64 = 30;

/// How people are told outside the pages.
pub(crate) struct ServeOptions {
    /// The mail server, if there is one.
    pub(crate) mail: Option<MailSettings>,
    /// The hour of the day's digest.
    pub(crate) hour: u32,
    /// How browsers reach the program.
    pub(crate) public_url: String,
}

/// Serves until the program is asked to stop.
pub(crate) fn serve(app: App, listen: SocketAddr, settings: Settings, options: ServeOptions) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let passwords = PasswordSignIn::new()?;
    let holder = app::access::session::fresh_token()?;
    let state = AppState { app: app.clone(), passwords, settings: Arc::new(settings) };
    let ServeOptions { mail, hour, public_url } = options;
    let postman = Mailer { mail, public_url, hour, holder: holder.clone(), stopping: AtomicBool::new(false) };
    let postman = Arc::new(postman);
    let post = runtime.spawn(carry_post(app.clone(), Arc::clone(&postman)));
    runtime.block_on(listen_until_asked(state, listen, holder.clone()))?;
    postman.stopping.store(true, Ordering::Relaxed);
    post.abort();
    // What requests had taken is finished; the history gets its last checkpoint.
    runtime.shutdown_timeout(Duration::from_secs(5));
    app.write_now(move |work| checkpoint(work, &holder))?;
    tracing::info!("stopped");
    Ok(())
}

async fn listen_until_asked(state: AppState, listen: SocketAddr, holder: String) -> Result<()> {
    let audience = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen} (EMTIHAN_LISTEN): another program may be there"))?;
    tracing::info!(address = %audience.local_addr()?, "listening");
    let background = tokio::spawn(keep_house(state.app.clone(), holder));
    let (asked, mut told) = tokio::sync::watch::channel(false);
    let stop = async move {
        asked_to_stop().await;
        // Nobody listening means that serving is over already.
        asked.send_replace(true);
    };
    let serving = accept(audience, router(state), stop);
    // A client that never finishes its request does not keep the program from ending.
    let grace = async move {
        drop(told.wait_for(|asked| *asked).await);
        tokio::select! {
            () = tokio::time::sleep(GRACE) => tracing::warn!("some requests were not finished in time"),
            () = asked_to_stop() => {}
        }
    };
    tokio::select! {
        () = serving => {}
        () = grace => {}
    }
    background.abort();
    Ok(())
}

/// Checkpoints the history and forgets what is of no use any more.
async fn keep_house(app: App, holder: String) {
    let minutes = u64::try_from(checkpoint::MINUTES).unwrap_or(10);
    let mut beat = interval(Duration::from_secs(60 * minutes));
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        let holder = holder.clone();
        let kept = app.write(move |work| tidy(work).and_then(|()| checkpoint(work, &holder))).await;
        put_off(kept, "the history was not checkpointed");
        put_off(forget_old_files(&app).await, "old imports were not tidied");
        look_at_programmes(&app).await;
        let vault = app.vault.clone();
        if let Ok(tidied) = tokio::task::spawn_blocking(move || vault.tidy()).await {
            put_off(tidied, "the folder of documents was not tidied");
        }
    }
}

/// What fails now is done at the next beat; the log says so.
fn put_off<T, E: std::fmt::Display>(done: Result<T, E>, what: &str) {
    if let Err(error) = done {
        tracing::error!(%error, "{what}");
    }
}

/// Tells what is due, and mails it.
async fn carry_post(app: App, postman: Arc<Mailer>) {
    let mut beat = interval(Duration::from_secs(POST_SECONDS));
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        let (app, postman) = (app.clone(), Arc::clone(&postman));
        match tokio::task::spawn_blocking(move || postman.go(&app)).await {
            Ok(Err(error)) => tracing::error!(%error, "the post was put off"),
            Err(error) => tracing::error!(%error, "the post was put off"),
            Ok(Ok(())) => {}
        }
    }
}

/// Looks at the documents that came before the present rules.
async fn look_at_programmes(app: &App) {
    let app = app.clone();
    match tokio::task::spawn_blocking(move || check_waiting(&app)).await {
        Ok(Ok(0)) | Err(_) => {}
        Ok(Ok(many)) => tracing::info!(many, "programmes were looked at"),
        Ok(Err(error)) => tracing::error!(%error, "programmes were not looked at"),
    }
}

async fn asked_to_stop() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
    tracing::info!("stopping: finishing what was taken");
}
