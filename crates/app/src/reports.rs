//! Reports about the choices of exams: progress, workload of platforms, changes, late choices, and
//! printed orders (decrees that list the approved exams). Reports change no data, except that
//! issuing a printed order stores it.

pub mod changes;
pub mod export;
pub mod late;
pub mod orders;
pub mod platforms;
pub mod progress;
pub mod progress_figures;
pub mod report_scope;
pub mod saved_filters;
pub mod uniformity_report;
