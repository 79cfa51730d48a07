//! `cargo xtask postgres`: runs a private PostgreSQL server, so that a developer can run single
//! tests with `cargo test`.

use std::io;

use anyhow::{Context, Result};

use crate::cluster::{Cluster, VARIABLE};

/// Starts a private PostgreSQL server, prints its address, and lets it run until the end of input
/// or Ctrl-C.
pub(crate) fn run() -> Result<()> {
    let cluster = Cluster::start()?;
    println!("{VARIABLE}={}", cluster.url());
    eprintln!("PostgreSQL runs until Ctrl-C or the end of input.");
    io::copy(&mut io::stdin(), &mut io::sink()).context("the input is not readable")?;
    Ok(())
}
