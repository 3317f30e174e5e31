//! `tokendeck store backup|restore`.

use std::path::Path;

use super::call::Invocation;
use super::confirm::{Consent, Question, confirm};
use super::exit::Finish;
use super::failure::Ended;
use super::output::Sheet;
use crate::backend::{BackendError, local};
use crate::domain::Refusal;

/// Writes a copy of the store to a new file.
pub(super) fn backup(call: &Invocation, file: &Path) -> Ended {
    let (store, output) = (&call.settings.store, call.output);
    if call.common.dry_run {
        local::status(call.place()?).map_err(BackendError::from)?;
        output.note(&format!(
            "would write a backup of '{}' to '{}'",
            store.display(),
            file.display()
        ));
        return Ok(Finish::Done);
    }
    let report = local::back_up(call.place()?, file)?;
    output.record(&report, |_| {
        Sheet::of_record(vec![
            ("Backup", report.path.display().to_string()),
            ("Bytes", report.size.to_string()),
            ("Events", report.events.to_string()),
            ("Chain", report.broken.clone().unwrap_or_else(|| "whole".to_owned())),
            ("Not in it", format!("the key file {}", report.key_file.display())),
        ])
    })?;
    output.note("Keep the key file too, in another place: no sealed value opens without it");
    Ok(if report.broken.is_none() { Finish::Done } else { Finish::No })
}

/// Puts a backup in the place of the store.
pub(super) fn restore(call: &Invocation, file: &Path) -> Ended {
    let Invocation { common, settings, output, .. } = call;
    if settings.read_only {
        return Err(Refusal::ReadOnly.into());
    }
    let (store, from) = (settings.store.display(), file.display());
    if common.dry_run {
        output.note(&format!("would put '{from}' in the place of '{store}', which is kept"));
        return Ok(Finish::Done);
    }
    let consent = Consent { yes: common.yes, words: common.confirm.clone() };
    confirm(
        &consent,
        &Question {
            lines: vec![
                format!("Put '{from}' in the place of '{store}'?"),
                "What changed since the backup is undone: tokens revoked since may work again. \
                 The store that is there is kept beside it."
                    .to_owned(),
            ],
            title: "Restore",
            words: "restore".to_owned(),
            must_type: false,
        },
        &[],
    )?;
    let report = local::restore(&settings.store, file)?;
    output.record(&report, |_| {
        let none = || "-".to_owned();
        let kept = report.kept.as_ref().map_or_else(none, |path| path.display().to_string());
        let before = report.sequence_before.map_or_else(none, |number| number.to_string());
        Sheet::of_record(vec![
            ("Store", report.path.display().to_string()),
            ("Kept", kept),
            ("Events", report.sequence.to_string()),
            ("Before", before),
            ("Key", report.key_problem.clone().unwrap_or_else(|| "in place".to_owned())),
        ])
    })?;
    if let Some(before) = report.sequence_before.filter(|before| *before > report.sequence) {
        let undone = before - report.sequence;
        output
            .note(&format!("{undone} events were undone: look whether revoked tokens work again"));
    }
    Ok(Finish::Done)
}
