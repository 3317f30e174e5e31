//! An answer of the backend: what it tells of the line to it, and whose it is. One that is
//! late goes no further.

use crate::tui::call::Call;
use crate::tui::model::Model;
use crate::tui::news::News;
use crate::tui::reach::Sign;
use crate::tui::reply::{Answered, answer};

impl Model {
    /// A call came back, with an answer or without.
    pub(super) fn heed_answer(&mut self, answered: Answered) {
        let Answered { ticket, call, result } = answered;
        let wanted = self.shared.link.answered(ticket, &call, self.shared.now);
        // Before it answered at all there is nothing on screen that could be old.
        if call.row().tells && !self.is_connecting() {
            // First: what was done is the better last word.
            self.heed_sign(result.as_ref().map_or_else(Sign::of, |_| Some(Sign::Answer)));
        }
        if !wanted {
            return;
        }
        // Where it is not known to be done, and is ordered again, it is for the same reason.
        self.because = self.shared.link.why(ticket);
        let mut left = Some(Answered { ticket, call, result });
        for at in (0..self.layers.len()).rev() {
            let Some(answered) = left.take() else { break };
            left = self.within(at, |place, context| place.answer(answered, context)).flatten();
        }
        if let Some(answered) = left {
            let mut answered = Some(answered);
            self.on_each(|screen, outside| -> Option<()> {
                let taken = screen.answer(answered.take()?, outside);
                answered = taken;
                None
            });
            if let Some(answered) = answered {
                self.take_answer(answered);
            }
        }
        self.because = None;
        self.clamp_scroll();
        self.look();
        self.leave_if_done();
        if !self.awaits_rows() {
            self.take_held();
        }
    }

    /// An answer that no place has asked for.
    fn take_answer(&mut self, answered: Answered) {
        let Answered { ticket, call, result } = answered;
        match call {
            Call::Who => self.known(answer(result)),
            Call::Open(_) => self.opened(ticket, answer(result)),
            Call::ReadBack { number, .. } => self.was_read_back(number, answer(result)),
            Call::Lookup(sought) => self.looked_up(&sought, answer(result)),
            Call::Remember(_) => self.remembered(answer(result)),
            Call::Export(_) => self.exported(answer(result)),
            Call::Evidence(..) => self.reported(answer(result)),
            Call::ExportEvents(_) => self.events_exported(answer(result)),
            Call::Views(_) => self.views_counted(answer(result)),
            Call::KeepView(name, view) => {
                self.view_kept(&name, view.is_some(), answer(result));
            }
            Call::Follow(job) => self.followed(job.id, answer(result)),
            Call::Jobs => {
                self.jobs_listed(answer(result), false);
                self.tell(&News::Jobs);
            }
            // The list of jobs that asked is gone.
            Call::Report(_) => {
                if let Err(error) = result {
                    self.not_reported(&error);
                }
            }
            Call::Steer(steer) => self.steered(&steer, answer(result)),
            // Whoever asked is gone.
            Call::ProposeGuid
            | Call::Folder(_)
            | Call::Reread(_)
            | Call::Save(_)
            | Call::SaveEntry(_)
            | Call::List(_)
            | Call::Show(_)
            | Call::Events(_)
            | Call::OwnTokens(..)
            | Call::Trail(_)
            | Call::NameSubject(_)
            | Call::OpenSubject(_)
            | Call::CopyGuids(_)
            | Call::CopyValue(_)
            | Call::Reveal(_)
            | Call::Act(_)
            | Call::Found(_)
            | Call::Plan(_)
            | Call::Start(_)
            | Call::Regenerate(_)
            | Call::Give(_)
            | Call::Rotate(_)
            | Call::Users(_)
            | Call::FoundUsers(_)
            | Call::PlanHolders(_)
            | Call::StartHolders(_)
            | Call::Generate(_)
            | Call::Replaced(_)
            | Call::Accept(_)
            | Call::Named(_)
            | Call::Working(_)
            | Call::SwitchUser(_)
            | Call::RemoveEntry(..) => {}
        }
    }
}
