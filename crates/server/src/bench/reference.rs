//! The references beside which `emtihan bench` sets its numbers: the least that a server has to do
//! for the same answer on the same machine.

use anyhow::Result;
use app::access::password_hash::hash_password;
use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::get;
use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Starts a server that answers every request with the same page and does nothing else: axum alone.
pub(super) async fn serve_bytes(page: Vec<u8>) -> Result<SocketAddr> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let page = Bytes::from(page);
    let answer = move || {
        let page = page.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page) }
    };
    let router = Router::new().fallback(get(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// Counts how many blocks of 4 KiB can be appended to a file in a second, each of which reaches the
/// disk before the next one.
pub(super) fn appends_per_second(folder: &Path, time: Duration) -> Result<f64> {
    let mut file = File::create(folder.join("append.bin"))?;
    let block = vec![7_u8; 4_096];
    repeat(time, || {
        file.write_all(&block)?;
        Ok(file.sync_data()?)
    })
}

/// Counts how many files of a size can be written in a second, each of which reaches the disk before
/// the next one.
pub(super) fn files_per_second(folder: &Path, size: usize, time: Duration) -> Result<f64> {
    let content = vec![7_u8; size];
    let mut number = 0;
    repeat(time, || {
        number += 1;
        let mut file = File::create(folder.join(format!("file-{number}.bin")))?;
        file.write_all(&content)?;
        Ok(file.sync_all()?)
    })
}

/// Counts the passwords that all processors of this machine together can hash in a second.
pub(super) fn hashes_per_second(time: Duration) -> Result<f64> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let workers: Vec<_> = (0..threads)
        .map(|_| std::thread::spawn(move || repeat(time, || Ok(hash_password(super::people::PASSWORD).map(drop)?))))
        .collect();
    let mut total = 0.0;
    for worker in workers {
        total += worker.join().map_err(|_| anyhow::anyhow!("a thread that hashes has panicked"))??;
    }
    Ok(total)
}

/// Measures the seconds that the program `sqlite3` needs to import the same files into tables without
/// keys; `None` if the program is not installed.
pub(super) fn sqlite_import_seconds(roster: &Path, folder: &Path) -> Result<Option<f64>> {
    let mut script = String::from(".mode csv\n");
    for entry in std::fs::read_dir(roster)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        script.push_str(&format!(".import {} {name}\n", path.display()));
    }
    let began = Instant::now();
    let child = Command::new("sqlite3").arg(folder.join("import.db")).stdin(Stdio::piped()).spawn();
    let Ok(mut child) = child else { return Ok(None) };
    if let Some(mut input) = child.stdin.take() {
        input.write_all(script.as_bytes())?;
    }
    let finished = child.wait()?.success();
    Ok(finished.then(|| began.elapsed().as_secs_f64()))
}

fn repeat(time: Duration, mut step: impl FnMut() -> Result<()>) -> Result<f64> {
    let began = Instant::now();
    let mut count = 0_u64;
    while began.elapsed() < time {
        step()?;
        count += 1;
    }
    Ok(super::numbers::float(count) / began.elapsed().as_secs_f64())
}
