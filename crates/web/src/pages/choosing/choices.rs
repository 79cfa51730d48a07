//! Sends choices for review («Тексеруге жіберу»), and takes choices back from review.

use crate::error::WebError;
use crate::page::redirect;
use crate::pages::choosing::choice_errors::ChoiceRejection;
use crate::pages::choosing::choice_form::{SentFiles, show_again, store_files};
use crate::pages::choosing::choice_values::ChoiceForm;
use crate::routes;
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::choosing::my_offerings::my_offerings;
use app::choosing::send_choices::{ChoiceSubmission, send_choices};
use app::choosing::withdraw_choices::{AfterWithdrawal, undo_send, withdraw_choices};
use app::failure::{Failure, Refusal, Stale};
use app::unit_of_work::UnitOfWork;
use axum::extract::State;
use axum::response::Response;
use domain::choice::ChoiceRefusal;
use domain::id::OfferingId;
use domain::person::Actor;

/// `POST /choices`: sends the choices of all selected groups for review, or none of them if one is
/// refused.
pub(crate) async fn send(State(state): State<AppState>, mut form: SignedForm) -> Result<Response, WebError> {
    let SentFiles { stored, rejected } = store_files(&state, &mut form).await?;
    if !rejected.is_empty() {
        return show_again(&state, &form.session, &form.fields, stored, ChoiceRejection::Files(rejected)).await;
    }
    let may_repeat_returned = form.fields.has("again");
    let submission = ChoiceSubmission { may_repeat_returned, ..submission(ChoiceForm::of(&form.fields)?) };
    let is_file_known = stored.values().any(|file| file.was_there);
    let goes_on = form.fields.get("then") == "next";
    let sent = form.session.write(&state, move |work, actor| {
        let outcome = send_choices(work, actor, &submission)?;
        let next = if goes_on { next_open_offering(work, actor)? } else { None };
        let next = match next {
            Some(next) => format!("{}&sent=1", routes::choose(next)),
            None if outcome.sent.is_empty() => routes::after_act(routes::GROUPS, "unchanged"),
            None => routes::groups_after(work.now),
        };
        Ok(if is_file_known { format!("{next}&file={}", routes::KNOWN_FILE) } else { next })
    });
    let rejection = match sent.await {
        Ok(next) => return Ok(redirect(&next)),
        Err(Failure::Refused(Refusal::Fields(faults))) => ChoiceRejection::Fields(faults),
        Err(Failure::Stale(stale)) => ChoiceRejection::Stale(stale_code(stale)),
        Err(other) => return Err(other.into()),
    };
    show_again(&state, &form.session, &form.fields, stored, rejection).await
}

/// `POST /choices/undo`: undoes the sending of choices that were just sent for review.
pub(crate) async fn undo(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let ids = form.fields.offerings()?;
    let states = form.session.write(&state, move |work, actor| undo_send(work, actor, &ids)).await?;
    Ok(redirect(&routes::after_act(routes::GROUPS, withdrawn_code(&states))))
}

/// `POST /choices/withdrawal`: withdraws choices from review, with all versions sent since the last
/// decision.
pub(crate) async fn withdraw(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let ids = form.fields.offerings()?;
    let states = form.session.write(&state, move |work, actor| withdraw_choices(work, actor, &ids)).await?;
    Ok(redirect(&routes::after_act(routes::GROUPS, withdrawn_code(&states))))
}

/// The code of the message that names the state of the choices after they were taken back from review.
fn withdrawn_code(states: &[AfterWithdrawal]) -> &'static str {
    match states {
        [first, others @ ..] if others.iter().any(|other| other != first) => "withdrawn-several",
        [AfterWithdrawal::InReview, ..] => "withdrawn-to-earlier",
        [AfterWithdrawal::Returned, ..] => "withdrawn-to-returned",
        [AfterWithdrawal::NotChosen, ..] | [] => "withdrawn",
    }
}

fn submission(form: ChoiceForm) -> ChoiceSubmission {
    ChoiceSubmission {
        offerings: form.versions_of_offerings(),
        exam: form.exam(),
        documents: form.documents,
        may_repeat_returned: false,
    }
}

/// The error code if data in the database has changed since the choice form was shown. If the
/// database refused to write because another request wrote at the same time, the code says that the
/// choice was changed.
fn stale_code(stale: Stale) -> &'static str {
    match stale {
        Stale::Lost => ChoiceRefusal::ChangedSinceShown.code(),
        other => other.code(),
    }
}

fn next_open_offering(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<Option<OfferingId>, Failure> {
    Ok(my_offerings(work, actor, None)?.next_open().map(|line| line.offering.id))
}
