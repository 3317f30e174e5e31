//! Commands of the operator's own on tokens, after a question, and reports on them.

use std::path::PathBuf;

use crate::backend::Answer;
use crate::text::{counted, safe_line};
use crate::tui::call::Call;
use crate::tui::command::OwnId;
use crate::tui::deed::Deed;
use crate::tui::layers::{CommandLine, Confirm};
use crate::tui::notice::Kind;
use crate::tui::own::{OwnGround, OwnRun, OwnSubject};
use crate::tui::place::{Outside, Then};
use crate::tui::purpose::Purpose;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::wire::{BackendKind, RowId};

/// How many names a question lists.
const LISTED: usize = 5;

impl Tokens {
    /// Runs it on the tokens that it is for.
    pub(super) fn run_own(&self, id: OwnId, outside: &mut Outside<'_>) {
        let shared = &mut *outside.shared;
        let ground = shared.options.own.get(id).map(|own| own.on);
        if ground == Some(OwnGround::Selection) && self.selects_others() {
            // Not all of them are rows in memory.
            shared.asking = Some(Purpose::Own(id));
            shared.ask(Call::OwnTokens(id, self.list.selection.ids()));
            return;
        }
        if let Some(view) = self.target() {
            let tokens = vec![OwnSubject::of(view)];
            run_on(id, tokens, outside);
        }
    }

    /// Asks for the file of a report, on the line where it is ordered by name.
    pub(super) fn ask_report(&self, outside: &mut Outside<'_>) {
        let ids = self.reported();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let name = match ids.as_slice() {
            [only] if only.to_string().chars().all(plain) => format!("report-{only}.md"),
            several => format!("report-{}-tokens.md", several.len()),
        };
        let path = outside.shared.options.export_dir.join(name);
        let line = format!("report {}", path.display());
        outside.then.push(Then::Open(Box::new(CommandLine::saying(line))));
    }

    /// The tokens that a report is on.
    pub(in crate::tui::update) fn reported(&self) -> Vec<RowId> {
        if self.acts_on_selection() {
            return self.list.selection.ids();
        }
        self.target().map(|view| view.token.id.clone()).into_iter().collect()
    }

    /// Writes a report on them into that file.
    pub(in crate::tui::update) fn report(&self, shared: &mut Shared, path: PathBuf) {
        let ids = self.reported();
        if ids.is_empty() {
            return shared.say(Kind::Refused, "No token here");
        }
        shared.ask(Call::Evidence(ids, path));
    }
}

/// The tokens came that it is to be run on.
pub(super) fn own_tokens_came(result: Answer<Vec<OwnSubject>>, outside: &mut Outside<'_>) {
    let shared = &mut *outside.shared;
    let Some(Purpose::Own(id)) = shared.asking.take() else { return };
    match result {
        Ok(tokens) if tokens.is_empty() => {
            shared.say(Kind::Refused, "None of the selected tokens is there any more");
        }
        Ok(tokens) => run_on(id, tokens, outside),
        Err(error) => shared.failed("look at the selected tokens", &error),
    }
}

/// Runs it on these, after a question unless the settings say otherwise.
fn run_on(id: OwnId, tokens: Vec<OwnSubject>, outside: &mut Outside<'_>) {
    let Some(command) = outside.shared.options.own.get(id).cloned() else { return };
    let (asks, title) = (command.confirm, format!("Run {}", command.name));
    let names: Vec<_> = tokens.iter().take(LISTED).map(|token| safe_line(&token.name)).collect();
    let on = match tokens.as_slice() {
        [only] => format!("{} {}", names.join(", "), safe_line(&only.id)),
        several => {
            let more = if several.len() > LISTED { ", ..." } else { "" };
            format!("{}: {}{more}", counted(several.len(), "token"), names.join(", "))
        }
    };
    let text = vec![format!("Run {} on {on}?", command.words()), command.meaning()];
    let run = OwnRun { command, tokens, place: place(outside.shared) };
    if asks {
        let stage = Stage { text, button: "Run" };
        let here = outside.here();
        outside.open(Confirm::new(title, here, vec![stage], Deed::Own(run)));
    } else {
        outside.then.push(Then::Carry(Deed::Own(run)));
    }
}

/// Where the operator is, in the variables that this program reads itself: what a program
/// asks of it goes to the same backend.
fn place(shared: &Shared) -> Vec<(&'static str, String)> {
    let session = &shared.session;
    let account = shared.account().map(|id| id.to_string()).unwrap_or_default();
    // An empty variable is as good as none.
    let (store, login) = match session.kind {
        BackendKind::Local => (session.place.clone(), session.operator.login.clone()),
        BackendKind::Remote => (String::new(), String::new()),
    };
    vec![
        ("TOKENDECK_ACCOUNT", account),
        ("TOKENDECK_BACKEND", session.backend.clone()),
        ("TOKENDECK_STORE", store),
        ("TOKENDECK_AS", login),
    ]
}
