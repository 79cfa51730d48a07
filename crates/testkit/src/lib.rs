//! Sample people and a small sample university in a real database, for tests. The program itself
//! does not contain this crate.
//!
//! A [`World`] (test university) is not a mock: it has a new SQLite or PostgreSQL database and the
//! catalogue that is shipped with the program, and tests change it through the use cases.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up has failed"
)]

pub mod bulk;
pub mod clock;
pub mod engine;
pub mod files;
pub mod sample;
#[allow(clippy::format_collect, clippy::cast_precision_loss, reason = "small papers of tests, written plainly")]
pub mod sample_documents;
pub mod world;

pub use world::{Exam, World};

/// Defines a test that runs on SQLite and on PostgreSQL: `both! { fn name(world) { … } }`. The test
/// gets the sample university as `world`. With `both! { in World::empty; … }` the test gets a
/// [`World`] that is created by another function, for example one without people.
#[macro_export]
macro_rules! both {
    (in $make:expr; $($(#[$meta:meta])* fn $name:ident($world:ident) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "not every test needs everything of its file")]
            use super::*;

            #[allow(unused_mut, unused_variables, reason = "not every test changes its world")]
            fn story(mut $world: $crate::World) $body

            #[test]
            fn sqlite() {
                story($make($crate::engine::Engine::Sqlite));
            }

            #[test]
            fn postgres() {
                story($make($crate::engine::Engine::Postgres));
            }
        }
    )+};
    ($($stories:tt)+) => {
        $crate::both! { in $crate::World::on; $($stories)+ }
    };
}
