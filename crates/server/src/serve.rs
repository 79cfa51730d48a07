//! Runs the web server with its background work. At shutdown it finishes the requests that were
//! accepted.

use crate::accept::max_connections::{ConnectionLimits, raise_open_files};
use crate::accept::{accept, listen as listen_on};
use crate::mail::{MailSettings, Mailer};
use crate::process_identity::{lease_holder, release_leases_of_ended_processes};
use crate::setup_key;
use anyhow::{Context, Result};
use app::access::sign_in::PasswordSignIn;
use app::app::App;
use app::history::checkpoint::{checkpoint, maintain};
use app::programmes::check_programmes::check_waiting;
use app::roster::imports::forget_old_files;
use domain::limits::{HISTORY_CHECKPOINT_MINUTES, MAIL_INTERVAL_SECONDS, SHUTDOWN_GRACE_SECONDS};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::leases;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{MissedTickBehavior, interval};
use web::{AppState, Settings, router};

/// The longest time that stopping waits for the last checkpoint of the history.
const LAST_CHECKPOINT: Duration = Duration::from_secs(3);

/// The settings of email for the command `emtihan serve`.
pub(crate) struct ServeOptions {
    /// The mail server; `None` if notifications are shown only in the inbox pages of the
    /// application.
    pub(crate) mail: Option<MailSettings>,
    /// The hour of the day (0 to 23) from which the daily notifications are created.
    pub(crate) hour: u32,
    /// The public address of the application, used for links in emails.
    pub(crate) public_url: String,
}

/// Serves web requests until the process receives a signal to stop, such as SIGTERM.
pub(crate) fn serve(app: App, listen: SocketAddr, settings: Settings, options: ServeOptions) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let passwords = PasswordSignIn::new()?;
    let holder = lease_holder()?;
    release_leases_of_ended_processes(&app)?;
    let ServeOptions { mail, hour, public_url } = options;
    if let Some(key) = settings.setup_key.clone() {
        runtime.spawn(setup_key::renew(app.clone(), key, public_url.clone()));
    }
    let state = AppState::new(app.clone(), passwords, settings);
    let mailer = Mailer { mail, public_url, hour, holder: holder.clone(), stopping: AtomicBool::new(false) };
    let mailer = Arc::new(mailer);
    let mail_task = runtime.spawn(send_emails(app.clone(), Arc::clone(&mailer)));
    runtime.block_on(serve_until_stopped(state, listen, holder.clone()))?;
    mailer.stopping.store(true, Ordering::Relaxed);
    mail_task.abort();
    // At shutdown, the accepted requests are finished before the last checkpoint of the history is
    // written.
    runtime.shutdown_timeout(Duration::from_secs(1));
    end(&app, holder)?;
    tracing::info!("stopped");
    Ok(())
}

/// Writes the last checkpoint of the history, ends the leases of this process, and moves the
/// write-ahead log into the database. A database that hangs does not keep the program from stopping.
fn end(app: &App, holder: String) -> Result<()> {
    let last = app.clone();
    let (ended, result) = std::sync::mpsc::channel::<Result<()>>();
    std::thread::Builder::new().name("last-checkpoint".to_owned()).spawn(move || {
        let written = last.write_now(move |work| {
            checkpoint(work, &holder)?;
            Ok(leases::release(work.tx, &holder)?)
        });
        // Nobody receives the result if the database took too long.
        drop(ended.send(written.map_err(anyhow::Error::from)));
    })?;
    let Ok(written) = result.recv_timeout(LAST_CHECKPOINT) else {
        tracing::error!("the database does not answer; stopping without the last checkpoint of the history");
        return Ok(());
    };
    written?;
    Ok(app.store.empty_write_ahead_log()?)
}

async fn serve_until_stopped(state: AppState, listen: SocketAddr, holder: String) -> Result<()> {
    // Before the first request is answered, so that the program never ends without stopping gracefully.
    let mut signals = StopSignals::listen()?;
    let limits = ConnectionLimits::new(raise_open_files(), &state.settings.trusted_proxies);
    let listener = listen_on(listen)
        .with_context(|| format!("cannot listen on {listen} (EMTIHAN_LISTEN): another program may be using it"))?;
    let (connections, per_address) = (limits.connections, limits.per_address);
    tracing::info!(address = %listener.local_addr()?, connections, per_address, "listening");
    let background = tokio::spawn(maintenance(state.app.clone(), holder));
    let (stop_sender, stop_receiver) = tokio::sync::oneshot::channel::<()>();
    let stop = async move { drop(stop_receiver.await) };
    let serving = accept(listener, router(state), limits, stop);
    // A client that never finishes its request must not prevent the program from stopping.
    let grace = async move {
        signals.next().await;
        tracing::info!("stopping, finishing accepted requests");
        drop(stop_sender);
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(SHUTDOWN_GRACE_SECONDS)) => tracing::warn!("stopping before some requests were finished"),
            () = signals.next() => {}
        }
    };
    tokio::select! {
        () = serving => {}
        () = grace => {}
    }
    background.abort();
    Ok(())
}

/// Runs the periodic maintenance: writes checkpoints of the history, deletes outdated records and
/// files, and repeats outdated checks of programme documents.
async fn maintenance(app: App, holder: String) {
    let minutes = u64::try_from(HISTORY_CHECKPOINT_MINUTES).unwrap_or(10);
    let mut ticks = interval(Duration::from_secs(60 * minutes));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let holder = holder.clone();
        log_error(maintain(&app, holder).await, "maintenance of sessions and history failed");
        log_error(forget_old_files(&app).await, "old import files were not deleted");
        check_programmes(&app).await;
        let vault = app.vault.clone();
        if let Ok(tidied) = tokio::task::spawn_blocking(move || vault.tidy()).await {
            log_error(tidied, "abandoned uploads were not deleted");
        }
    }
}

/// Logs the error of a background task. The task is tried again at the next interval.
fn log_error<T, E: std::fmt::Display>(result: Result<T, E>, message: &str) {
    if let Err(error) = result {
        tracing::error!(%error, "{message}");
    }
}

/// Creates due notifications and sends queued emails, at regular intervals.
async fn send_emails(app: App, mailer: Arc<Mailer>) {
    let mut ticks = interval(Duration::from_secs(MAIL_INTERVAL_SECONDS));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let (app, mailer) = (app.clone(), Arc::clone(&mailer));
        match tokio::task::spawn_blocking(move || mailer.run(&app)).await {
            Ok(Err(error)) => tracing::error!(%error, "emails were not sent, will try again"),
            Err(error) => tracing::error!(%error, "emails were not sent, will try again"),
            Ok(Ok(())) => {}
        }
    }
}

/// Repeats the check of programme documents that were last checked by an older version of the
/// checking rules.
async fn check_programmes(app: &App) {
    let app = app.clone();
    match tokio::task::spawn_blocking(move || check_waiting(&app)).await {
        Ok(Ok(0)) | Err(_) => {}
        Ok(Ok(many)) => tracing::info!(many, "checked programmes"),
        Ok(Err(error)) => tracing::error!(%error, "programmes were not checked, will try again"),
    }
}

/// The signals that tell the program to stop: SIGTERM, and SIGINT (Ctrl-C).
struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for the next signal.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
