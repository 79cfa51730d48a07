//! Limits the number of heap allocations of a request, from the request to the finished page. The numbers do not depend
//! on the machine. Raise a limit only on purpose.
#![allow(clippy::unwrap_used, reason = "tests")]

mod visitor;

use testkit::sample::offering;
use visitor::{Site, Visitor};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// Opens a page, and returns how many blocks of memory the program has allocated for it.
fn allocations(visitor: &mut Visitor, path: &str) -> u64 {
    // Caches, prepared statements and texts are filled before counting.
    for _ in 0..3 {
        assert_eq!(visitor.get(path).status, 200, "{path}");
    }
    let before = dhat::HeapStats::get().total_blocks;
    visitor.get(path);
    dhat::HeapStats::get().total_blocks - before
}

#[test]
fn a_page_needs_few_allocations() {
    let _profiler = dhat::Profiler::builder().testing().build();
    let site = Site::new();
    let (mut instructor, mut head) = (site.signed_in("aliya"), site.signed_in("head"));
    let form = format!("/choose?o={}", offering("ALG-1"));
    let mut measured = Vec::new();
    for (path, most) in [("/groups", 400), (form.as_str(), 1_080), ("/help", 270)] {
        measured.push((path, allocations(&mut instructor, path), most));
    }
    measured.push(("/queue", allocations(&mut head, "/queue"), 320));
    let too_many: Vec<_> = measured.iter().filter(|(_, blocks, most)| blocks > most).collect();
    assert!(too_many.is_empty(), "page, allocations, limit: {measured:?}");
}
