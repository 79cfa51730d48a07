//! The name under which a server process holds leases in the database. From the name, a process that
//! starts later on the same machine can tell that the holder has ended.

use anyhow::Result;
use app::app::App;
use app::failure::Failure;
use std::fs;
use store::leases;

/// The name of a process: the machine, the number of the process, and the time at which it started.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ProcessIdentity {
    machine: String,
    process: u32,
    /// The start of the process, in clock ticks since the machine was booted.
    started: String,
}

impl ProcessIdentity {
    /// The name of this process; `None` where `/proc` is missing.
    fn own() -> Option<Self> {
        let process = std::process::id();
        Some(Self { machine: machine()?, process, started: start_of(process)? })
    }

    fn parse(stored: &str) -> Option<Self> {
        let (machine, rest) = stored.split_once('/')?;
        let (process, started) = rest.split_once('/')?;
        Some(Self { machine: machine.to_owned(), process: process.parse().ok()?, started: started.to_owned() })
    }

    fn has_ended(&self) -> bool {
        machine().is_some_and(|here| here == self.machine) && start_of(self.process).as_ref() != Some(&self.started)
    }
}

/// The machine and the time since it was booted last. A container has the identity of its host, but
/// its own numbers of processes, so the name of the container is added.
fn machine() -> Option<String> {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let name = fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    Some(format!("{}.{}", name.trim().replace('/', "-"), boot.trim()))
}

/// When a process was started, in clock ticks since the machine was booted; `None` if no process has
/// this number.
fn start_of(process: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(19).map(str::to_owned)
}

/// Returns the name under which this process takes leases. Where `/proc` is missing, the name is
/// random, and leases of processes that have ended run out by themselves.
pub(crate) fn lease_holder() -> Result<String> {
    let random = app::access::session::fresh_token()?;
    Ok(ProcessIdentity::own().map_or(random, |own| format!("{}/{}/{}", own.machine, own.process, own.started)))
}

/// Ends the leases of processes of this machine that have ended without releasing them.
pub(crate) fn release_leases_of_ended_processes(app: &App) -> Result<(), Failure> {
    app.write_now(|work| {
        for holder in leases::holders(work.tx)? {
            if ProcessIdentity::parse(&holder).is_some_and(|found| found.has_ended()) {
                leases::release(work.tx, &holder)?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_has_ended_is_told_from_a_running_one_and_from_another_machine() {
        let own = ProcessIdentity::own().unwrap();
        assert_eq!(ProcessIdentity::parse(&lease_holder().unwrap()), Some(own.clone()));
        assert!(!own.has_ended());
        // The number of this process was given to another process before.
        assert!(ProcessIdentity { started: "1".to_owned(), ..own.clone() }.has_ended());
        assert!(!ProcessIdentity { machine: "elsewhere".to_owned(), started: "1".to_owned(), ..own }.has_ended());
        assert_eq!(ProcessIdentity::parse("a token of an older version"), None);
    }
}
