//! Reports: progress, workload, changes, late choices, orders (decrees). They change no data except by issuing orders.

pub mod changes;
pub mod export;
pub mod late;
pub mod orders;
pub mod platforms;
pub mod progress;
pub mod report_scope;
pub mod saved_filters;
pub mod uniformity_report;
