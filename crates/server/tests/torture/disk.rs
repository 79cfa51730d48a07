//! A disk of its own for one installation, whose power can be cut, and that can become read-only.

use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Stops an ext4 file system as a power cut does: what was not written to the disk is lost, the journal
/// included (`FS_IOC_SHUTDOWN` with `EXT4_GOING_FLAGS_NOLOGFLUSH`).
const SHUTDOWN: &str = "open(my $disk, '<', $ARGV[0]) or exit 1;
                        my $flags = pack('L', 2); exit !ioctl($disk, 0x8004587d, $flags);";

/// An ext4 file system in a file, mounted through a loop device.
pub(crate) struct Disk {
    folder: TempDir,
}

impl Disk {
    /// Creates and mounts the disk. `None` if this machine does not allow it: it needs root and loop
    /// devices.
    pub(crate) fn new() -> Option<Self> {
        let disk = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(disk.path()).unwrap();
        std::fs::File::create(disk.image()).unwrap().set_len(128 << 20).unwrap();
        (run("mkfs.ext4", &["-q".as_ref(), &disk.image()]) && disk.mount()).then_some(disk)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("disk")
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("image")
    }

    fn mount(&self) -> bool {
        run("mount", &["-o".as_ref(), "loop,errors=remount-ro".as_ref(), &self.image(), &self.path()])
    }

    /// Causes an error of the file system, after which it is read-only as after an error of the disk.
    /// Returns whether the kernel allows this.
    pub(crate) fn make_read_only(&self) -> bool {
        let found = Command::new("findmnt").args(["--noheadings", "--output", "SOURCE"]).arg(self.path()).output();
        let device = String::from_utf8(found.unwrap().stdout).unwrap();
        let device = device.trim().rsplit('/').next().unwrap();
        std::fs::write(format!("/sys/fs/ext4/{device}/trigger_fs_error"), "1").is_ok()
    }

    /// Cuts the power. Every later access to the disk fails until [`Self::restore_power`].
    pub(crate) fn cut_power(&self) {
        assert!(run("perl", &["-e".as_ref(), SHUTDOWN.as_ref(), &self.path()]), "the disk cannot be cut off");
    }

    /// Mounts the disk again, as after a restart of the machine. No program may use it then.
    pub(crate) fn restore_power(&self) {
        assert!(run("umount", &[&self.path()]) && self.mount(), "the disk cannot be mounted again");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        run("umount", &["--lazy".as_ref(), &self.path()]);
    }
}

/// Runs a command and returns whether it succeeded; `false` if it is not installed.
fn run(program: &str, arguments: &[&Path]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}
