//! Reports about the choices of exams: progress, workload of platforms, changes, late choices, and
//! orders (decrees that list the approved exams). Reports change no data, except that issuing an
//! order stores the order.

pub mod changes;
pub mod export;
pub mod late;
pub mod orders;
pub mod platforms;
pub mod progress;
pub mod report_scope;
pub mod saved_filters;
pub mod uniformity_report;
