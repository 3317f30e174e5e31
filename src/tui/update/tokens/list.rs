//! The rows of the list: asking for those that lack, moving among them, selecting (R50). What
//! concerns rows that are not in memory is asked of the backend; keys typed meanwhile wait.

use crate::backend::Answer;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::focus::Focus;
use crate::tui::list_view::{Marking, target};
use crate::tui::place::Taken;
use crate::tui::purpose::Purpose;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::wire::RowId;

impl Tokens {
    /// The cursor may be on another row: asks for what that shows and is not in memory.
    pub(in crate::tui) fn moved(&mut self, shared: &mut Shared) {
        self.ask_if_rows_lack(shared);
        self.follow_later(shared);
    }

    /// Asks for the rows on screen that are not in memory.
    pub(in crate::tui) fn ask_if_rows_lack(&mut self, shared: &mut Shared) {
        if self.list.lacks_rows(self.sight(shared)) {
            self.reload(shared);
        }
    }

    /// Asks for the list again, around the cursor's token or else its row.
    pub(in crate::tui) fn reload(&mut self, shared: &mut Shared) {
        let wanted = self.list.portion(self.widest_sight(shared).span());
        shared.ask(Call::List(Box::new(wanted)));
    }

    /// Moves the cursor or scrolls. How far a text can scroll is seen once it is drawn.
    pub(super) fn move_by(&mut self, command: Command, shared: &mut Shared) -> Taken {
        let areas = self.areas_in(shared, shared.area());
        if self.focus == Focus::Details {
            let height = areas.pane.map_or(0, |pane| usize::from(pane.height).saturating_sub(1));
            return scroll(&mut self.details.scroll, command, height);
        }
        if self.views_general()
            && let Some(viewed) = &mut self.viewed
        {
            return scroll(&mut viewed.scroll, command, areas.rows.height.into());
        }
        let sight = self.sight(shared);
        if !self.list.move_by(command, sight) {
            return Taken::NotMine;
        }
        self.moved(shared);
        Taken::Here
    }

    /// Selects as a command says.
    pub(super) fn select(&mut self, command: Command, shared: &mut Shared) {
        let sight = self.sight(shared);
        let marking = self.list.select(command, sight);
        self.moved(shared);
        self.mark(marking, shared);
    }

    /// Asks for the ids of all that match, to select among them.
    pub(super) fn mark(&mut self, marking: Option<Marking<RowId>>, shared: &mut Shared) {
        let Some(marking) = marking else { return };
        shared.asking = Some(Purpose::Mark(marking));
        shared.ask(Call::Found(Box::new(self.list.query.clone())));
    }

    pub(super) fn found(&mut self, result: Answer<Vec<RowId>>, shared: &mut Shared) {
        let Some(Purpose::Mark(marking)) = shared.asking.take() else { return };
        let selection = &mut self.list.selection;
        shared.marked("find the tokens", result.map(|ids| selection.mark(marking, &ids)));
    }
}

fn scroll(at: &mut usize, command: Command, height: usize) -> Taken {
    let Some(to) = target(command, *at, height.max(1), usize::MAX) else { return Taken::NotMine };
    *at = to;
    Taken::Here
}
