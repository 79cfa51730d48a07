//! What the program has kept is read by every later program, and written again byte for byte as it was; acts go on from it.
//!
//! `fixtures/stored_records.sql` was written by the program when nothing in it had been renamed yet. It is not written anew
//! when a name in the source changes: then it must stay as it is. Something new that is kept gets a chapter in the story,
//! and the file is written again by
//! `cargo test -p app --test stored_records -- --ignored write_the_stored_records`; what stood there before stays the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

#[path = "stored_records/rows.rs"]
mod rows;
#[path = "stored_records/story.rs"]
mod story;

use std::path::Path;

const FILE: &str = "tests/fixtures/stored_records.sql";

#[test]
#[ignore = "writes the file that the other tests read"]
fn write_the_stored_records() {
    let world = story::told();
    let mut file = String::from(
        "-- Every row that the story in crates/app/tests/stored_records has left in SQLite; written by the test\n\
         -- `write_the_stored_records`, one INSERT a row. Tokens of sessions and hashes of passwords are fixed by the story.\n",
    );
    for table in rows::tables(&world.app.store) {
        let rows = rows::dump(&world.app.store, &table, None);
        assert!(!rows.is_empty(), "{table} has no row");
        file.push_str(&format!("\n-- {table}\n{}\n", rows.join("\n")));
    }
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE), file).unwrap();
}
