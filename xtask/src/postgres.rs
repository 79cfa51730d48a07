//! `cargo xtask postgres`: runs the private PostgreSQL cluster that `cargo xtask test` uses, for running `cargo test`
//! by hand.

use std::io;

use anyhow::{Context, Result};

use crate::cluster::{Cluster, VARIABLE};

/// Starts the private PostgreSQL cluster, prints its address, and waits for the end of input or Ctrl-C.
pub(crate) fn run() -> Result<()> {
    let cluster = Cluster::start()?;
    println!("{VARIABLE}={}", cluster.url());
    eprintln!("PostgreSQL runs until Ctrl-C or the end of input.");
    io::copy(&mut io::stdin(), &mut io::sink()).context("the input is not readable")?;
    Ok(())
}
