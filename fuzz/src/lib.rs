//! The functions that the fuzz targets call with generated inputs. The tests `fuzz_corpus` of the
//! crates `exchange` and `web` call the same functions with every file of the folder `corpus`.

pub mod catalogue_files;
pub mod cookies;
pub mod documents;
pub mod forms;
pub mod group_sheets;
pub mod parts;
pub mod roster_files;
pub mod roster_import;
pub mod site;

/// Lets a panic that the program catches pass, as in the program. libFuzzer would end the process
/// at every panic; without its hook it ends the process at panics that nobody catches.
pub fn allow_caught_panics() {
    drop(std::panic::take_hook());
}
