//! The rows of the table of commands: where the keys of each are in force, which they are, and
//! what is said of it.

use super::{Command, Row, Scope};

impl Command {
    /// Its row of the table.
    #[expect(clippy::too_many_lines, reason = "it is a table: a row for each command")]
    pub const fn row(self) -> Row {
        use Scope::{
            Act, Choice, Details, Dialog, Form, Global, Jobs, List, Move, Open, Pick, Tabs, Users,
        };
        match self {
            Self::Down => Row::new(Move, &["j", "Down"], "", "one line down"),
            Self::Up => Row::new(Move, &["k", "Up"], "", "one line up"),
            Self::Top => Row::new(Move, &["g g"], "", "first line"),
            Self::Bottom => Row::new(Move, &["G"], "", "last line"),
            Self::HalfDown => Row::new(Move, &["Ctrl-d"], "", "half a page down"),
            Self::HalfUp => Row::new(Move, &["Ctrl-u"], "", "half a page up"),
            Self::PageDown => Row::new(Move, &["PgDn"], "", "a page down"),
            Self::PageUp => Row::new(Move, &["PgUp"], "", "a page up"),
            Self::NextPage => Row::new(List, &["Right"], "", "next page"),
            Self::PreviousPage => Row::new(List, &["Left"], "", "previous page"),
            Self::FirstPage => Row::new(List, &["Home"], "", "first page"),
            Self::LastPage => Row::new(List, &["End"], "", "last page"),
            Self::NextToken => Row::new(Move, &["Ctrl-n"], "", "next token, in the details too"),
            Self::PreviousToken => {
                Row::new(Move, &["Ctrl-p"], "", "token before, in the details too")
            }
            // Of everywhere, so that no letter typed after it is ever a command.
            Self::Search => {
                Row::new(Global, &["/"], "find", "search in name, id, GUID, owner, description")
            }
            Self::SearchGuid => Row::new(Global, &["#"], "", "search by GUID, dashes optional"),
            Self::Filters => {
                Row::new(List, &["f"], "filter", "filter by status, scope, module, dates")
            }
            Self::ClearFilters => {
                Row::new(List, &["F"], "clear filters", "clear searches and filters")
            }
            Self::Sort => Row::new(List, &["s"], "", "sort by one or more columns"),
            Self::Columns => Row::new(List, &["c"], "", "choose the columns"),
            Self::ColumnsLeft => Row::new(List, &["h"], "", "columns to the left"),
            Self::ColumnsRight => Row::new(List, &["l"], "", "columns to the right"),
            Self::PageSize => {
                Row::new(List, &["z"], "", "rows per page: as many as fit, 10, 25, 50, 100")
            }
            Self::Open => Row::new(List, &["Enter"], "details", "open the details"),
            Self::Select => {
                Row::new(List, &["Space"], "select", "select or leave out, and one line down")
            }
            Self::SelectRange => {
                Row::new(List, &["v"], "", "start a range; again or Space ends it, Esc drops it")
            }
            Self::SelectAll => Row::new(List, &["A"], "", "select all that match, on all pages"),
            Self::InvertSelection => Row::new(List, &["*"], "", "select those not selected"),
            Self::ClearSelection => Row::new(List, &["u"], "deselect", "select none"),
            Self::More => Row::new(Act, &["m"], "more", "menu for the token or the selected ones"),
            Self::New => Row::new(
                Act,
                &["n"],
                "new",
                "make a token; on Users a request, in Catalog an entry",
            )
            .writing(),
            Self::Edit => {
                Row::new(Act, &["e"], "edit", "change the settings of the token, or the entry")
                    .writing()
            }
            Self::Clone => {
                Row::new(Act, &["C"], "", "make a token with the settings of this one").writing()
            }
            Self::ToggleEnabled => Row::new(
                Act,
                &["t"],
                "enable/disable",
                "enable or disable the token, or the selected ones if all are alike",
            )
            .writing(),
            Self::Enable => Row::new(Act, &["+"], "", "enable").writing(),
            Self::Disable => Row::new(Act, &["-"], "", "disable").writing(),
            Self::Regenerate => Row::new(Act, &["r"], "", "new value for the token").writing(),
            Self::ToggleValue => {
                Row::new(Act, &["x"], "value", "show or hide the value; showing is recorded")
                    .writing()
            }
            Self::Accept => Row::new(Act, &["a"], "", "accept a token requested for you").writing(),
            Self::Revoke => {
                Row::new(Act, &["! r"], "revoke", "revoke the token, for good").dangerous()
            }
            Self::CopyGuid => Row::new(Act, &["y"], "copy GUID", "copy the GUID; again shows it"),
            Self::CopyValue => {
                Row::new(Act, &["Y"], "", "copy the value, which is recorded; again shows it")
                    .writing()
            }
            Self::CopyEndpoint => {
                Row::new(Details, &["E"], "", "copy the API endpoint; again shows it")
            }
            Self::ChooseTabs => Row::new(Details, &["T"], "", "choose the tabs"),
            Self::ToggleTab => Row::new(Tabs, &["Space"], "show/hide", "show or hide the tab"),
            Self::RevokeAll => Row::new(
                Act,
                &["! a"],
                "",
                "Revoke all tokens of the account, whatever the filter, for good",
            )
            .dangerous(),
            Self::Delete => {
                Row::new(Act, &["! d"], "delete", "delete the token, for good").dangerous()
            }
            Self::DropOld => {
                Row::new(Act, &["! o"], "drop old value", "refuse the old value from now on")
                    .dangerous()
            }
            Self::HandOver => {
                Row::new(Act, &["! h"], "hand over", "hand over to a user, or the account")
                    .dangerous()
            }
            Self::NextTab => Row::new(Details, &["Tab", "]"], "tabs", "next tab"),
            Self::PreviousTab => Row::new(Details, &["S-Tab", "["], "", "previous tab"),
            Self::PreviousButton => Row::new(Dialog, &["Left", "S-Tab"], "", "button to the left"),
            Self::NextButton => {
                Row::new(Dialog, &["Right", "Tab"], "choose", "button to the right")
            }
            Self::PreviousChoice => Row::new(Choice, &["Up"], "", "choice before"),
            Self::NextChoice => Row::new(Choice, &["Down"], "another", "choice after"),
            Self::OtherField => Row::new(Choice, &["Tab", "S-Tab"], "field", "the other field"),
            Self::Reason => Row::new(Dialog, &["Ctrl-e"], "reason", "say why, kept on record"),
            Self::Press => Row::new(Dialog, &["Enter"], "press", "press the button"),
            Self::Cancel => Row::new(Dialog, &["Esc"], "cancel", "cancel"),
            Self::Tick => Row::new(Pick, &["Space"], "tick", "add the entry, or take it away"),
            Self::Take => {
                Row::new(Pick, &["Enter"], "done", "apply; the entry alone if none was ticked")
            }
            Self::ClearField => Row::new(Pick, &["Delete"], "clear", "clear the field"),
            Self::NextField => Row::new(Pick, &["Tab"], "next field", "next field"),
            Self::PreviousField => Row::new(Pick, &["S-Tab"], "", "previous field"),
            Self::Find => Row::new(Pick, &["/"], "find", "find an entry"),
            Self::ClosePicker => Row::new(Pick, &["Esc", "q"], "close", "leave the choice"),
            Self::NextList => Row::new(
                Scope::Catalog,
                &["Tab", "]", "l"],
                "lists",
                "accounts, modules, scopes, groups, users: the next list",
            ),
            Self::PreviousList => {
                Row::new(Scope::Catalog, &["S-Tab", "[", "h"], "", "the list before")
            }
            Self::NextInput => Row::new(Form, &["Tab"], "next", "next field"),
            Self::PreviousInput => Row::new(Form, &["S-Tab"], "", "previous field"),
            Self::NextSection => Row::new(Form, &["PgDn"], "section", "next section"),
            Self::PreviousSection => Row::new(Form, &["PgUp"], "", "previous section"),
            Self::Save => {
                Row::new(Form, &["Ctrl-s"], "save", "save, or go to the first error").writing()
            }
            Self::SaveBecause => Row::new(Form, &["Ctrl-o"], "", "save and say why").writing(),
            Self::NewGuid => {
                Row::new(Form, &["Ctrl-g"], "new GUID", "another GUID and value, once it is saved")
            }
            Self::CopyFormGuid => Row::new(Form, &["Ctrl-y"], "copy GUID", "copy the GUID"),
            Self::OpenReport => Row::new(Jobs, &["Enter"], "report", "how each item ended"),
            Self::ResumeJob => {
                Row::new(Jobs, &["r"], "resume", "go on with a job that waits").writing()
            }
            Self::StopJob => {
                Row::new(Jobs, &["s"], "stop", "stop a job; it can be resumed").writing()
            }
            Self::AbandonJob => {
                Row::new(Jobs, &["! a"], "abandon", "give a job up; what is done stays").dangerous()
            }
            Self::Retry => {
                Row::new(Open, &["r"], "retry", "order it again, or look what became of it")
                    .writing()
            }
            Self::Insist => Row::new(
                Open,
                &["t"],
                "keep trying",
                "revoke again and again until it is confirmed, or stop that",
            )
            .writing(),
            Self::Dismiss => {
                Row::new(Open, &["d"], "dismiss", "keep track of the change no longer")
            }
            Self::Tokens => Row::new(Global, &["1"], "", "show the tokens"),
            Self::Users => Row::new(Global, &["2"], "", "show the users and what they hold"),
            Self::Catalog => {
                Row::new(Global, &["3"], "", "show accounts, modules, scopes, groups and users")
            }
            Self::Audit => Row::new(Global, &["4"], "", "show who did what, when and to what"),
            Self::CancelRequests => {
                Row::new(Users, &["! c"], "", "cancel the pending requests of the users")
                    .dangerous()
            }
            Self::GenerateExport => Row::new(
                Users,
                &["! g"],
                "",
                "generate & export: new values for the users, into a file",
            )
            .dangerous(),
            Self::Account => Row::new(Global, &["o"], "", "choose the account"),
            Self::Backend => Row::new(Global, &["p"], "", "choose the backend"),
            Self::Help => Row::new(Global, &["?", "F1"], "help", "this help"),
            Self::CommandLine => {
                Row::new(Global, &[":"], "command", "command line: every command by its name")
            }
            Self::Refresh => Row::new(Global, &["Ctrl-r"], "", "ask the backend again"),
            Self::Messages => Row::new(Global, &["M"], "", "messages so far"),
            Self::Jobs => Row::new(Global, &["b"], "", "bulk work: what runs, waits and is done"),
            Self::Unconfirmed => {
                Row::new(Global, &["w"], "", "changes that are not confirmed: look, retry, dismiss")
            }
            Self::Repaint => Row::new(Global, &["Ctrl-l"], "", "paint the screen anew"),
            Self::Suspend => Row::new(Global, &["Ctrl-z"], "", "step aside for the shell"),
            Self::Back => Row::new(Global, &["Esc"], "", "one step back"),
            Self::Quit => Row::new(Global, &["q"], "quit", "close; at the top, quit"),
            Self::Interrupt => Row::new(Global, &["Ctrl-c"], "", "cancel; twice, quit"),
            Self::Report => Row::new(Act, &["W"], "", "write a report: its reach, use and record"),
            // Its keys and what it does stand in the settings.
            Self::Own(_) => Row::new(Act, &[], "", "a command of your own").writing(),
        }
    }
}
