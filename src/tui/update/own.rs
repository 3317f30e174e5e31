//! A program of the operator's own had the terminal.

use crate::backend::Answer;
use crate::text::{counted, safe_line};
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::own::{OwnEnd, OwnRun};
use crate::tui::reply::Saved;
use crate::tui::shared::Shared;

impl Model {
    /// Gives the terminal to a program. Nothing that must not be seen is left on screen.
    pub(super) fn lend(&mut self, run: OwnRun) {
        self.hide_all();
        self.put(Effect::Lend(run));
        self.put(Effect::Repaint);
    }

    /// The program ended, and may have changed what is listed here.
    pub(super) fn lent(&mut self, name: &str, ended: Result<OwnEnd, String>) {
        self.refresh();
        match ended {
            Ok(OwnEnd::Code(0)) => self.say(Kind::Ok, format!("{name} is done")),
            Ok(OwnEnd::Code(code)) => self.say(Kind::Error, format!("{name} ended with {code}")),
            Ok(OwnEnd::Signal(signal)) => {
                self.say(Kind::Error, format!("{name} was ended by signal {signal}"));
            }
            Err(why) => {
                self.say(Kind::Error, format!("Could not run {name}: {}", safe_line(&why)));
            }
        }
    }
}

impl Shared {
    pub(super) fn reported(&mut self, result: Answer<Saved>) {
        match result {
            Ok(Saved { path, rows }) => {
                let (tokens, path) = (counted(rows, "token"), path.display());
                self.say(Kind::Ok, format!("Report on {tokens} written to {path}"));
            }
            Err(error) => self.failed("write the report", &error),
        }
    }
}
