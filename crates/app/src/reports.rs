//! What is only read: progress, lists, the order, the student's passport.

pub mod changes;
pub mod export;
pub mod late;
pub mod orders;
pub mod outlook;
pub mod passport;
pub mod platforms;
pub mod progress;
pub mod uniformity_report;
pub mod views;
