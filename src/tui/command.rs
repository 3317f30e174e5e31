//! The one table of commands: what there is, and in `table` a row for each. Keymap, footer,
//! help and the README's key table are read from it. It knows no state: whether a command
//! applies now is `availability`'s question, and what it does is `update`'s.

mod row;
mod scope;
mod section;
mod table;

pub use row::Row;
pub use scope::Scope;

/// Which command of the operator's own, in the order of the settings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnId(pub(super) usize);

/// Something a key can ask for.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::Display,
)]
#[strum(serialize_all = "kebab-case")]
pub enum Command {
    /// Cursor or text one line down.
    Down,
    /// One line up.
    Up,
    /// To the first line.
    Top,
    /// To the last line.
    Bottom,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// The list's next page.
    NextPage,
    /// The list's previous page.
    PreviousPage,
    /// The list's first page.
    FirstPage,
    /// The list's last page.
    LastPage,
    /// The next token of the list, whichever pane has the keys.
    NextToken,
    /// The token before it.
    PreviousToken,
    /// Search by name.
    Search,
    /// Search by GUID.
    SearchGuid,
    /// Choose what narrows the list.
    Filters,
    /// Clear what narrows the list.
    ClearFilters,
    /// Choose the order of the list.
    Sort,
    /// Choose the columns.
    Columns,
    /// Columns to the left.
    ColumnsLeft,
    /// Columns to the right.
    ColumnsRight,
    /// Rows of a page.
    PageSize,
    /// Open the details of a token.
    Open,
    /// Select a token, or leave it out.
    Select,
    /// Draw out a range, or end it.
    SelectRange,
    /// Select all that match.
    SelectAll,
    /// Select those that are not selected.
    InvertSelection,
    /// Select none.
    ClearSelection,
    /// The menu of what can be done.
    More,
    /// Make a token.
    New,
    /// Change the settings of a token.
    Edit,
    /// Make a token like this one.
    Clone,
    /// Enable or disable.
    ToggleEnabled,
    /// Enable.
    Enable,
    /// Disable.
    Disable,
    /// Give a token a new value.
    Regenerate,
    /// Show or hide a value.
    ToggleValue,
    /// Take a requested token into service.
    Accept,
    /// Revoke.
    Revoke,
    /// Copy the GUID of a token.
    CopyGuid,
    /// Copy the value of a token.
    CopyValue,
    /// Copy the API endpoint.
    CopyEndpoint,
    /// Choose which tabs the details have.
    ChooseTabs,
    /// Show a tab, or hide it.
    ToggleTab,
    /// Open the command line.
    CommandLine,
    /// Revoke all tokens of the account.
    RevokeAll,
    /// End the overlap in which the older value still passes.
    DropOld,
    /// Hand a token over to somebody else.
    HandOver,
    /// Delete.
    Delete,
    /// The next tab of the details.
    NextTab,
    /// The previous tab of the details.
    PreviousTab,
    /// The button to the left.
    PreviousButton,
    /// The button to the right.
    NextButton,
    /// The choice before.
    PreviousChoice,
    /// The choice after.
    NextChoice,
    /// The other field of the dialog.
    OtherField,
    /// Press the button.
    Press,
    /// Lets the operator say why.
    Reason,
    /// Leave the dialog.
    Cancel,
    /// Add the entry, or take it away.
    Tick,
    /// Be done: choose the entry, or apply what was chosen.
    Take,
    /// Clear the field of the entry.
    ClearField,
    /// To the next field.
    NextField,
    /// To the previous field.
    PreviousField,
    /// Find an entry.
    Find,
    /// Leave the picker.
    ClosePicker,
    /// The next list of the catalogue.
    NextList,
    /// The list of the catalogue before.
    PreviousList,
    /// Save the form.
    Save,
    /// The same, once it was said why.
    SaveBecause,
    /// To the next field of the form.
    NextInput,
    /// To the previous field of the form.
    PreviousInput,
    /// To the next section of the form.
    NextSection,
    /// To the previous section of the form.
    PreviousSection,
    /// Another GUID, and with it another value, in the form.
    NewGuid,
    /// Copy the GUID of the form.
    CopyFormGuid,
    /// How each item of a job ended.
    OpenReport,
    /// Go on with a job.
    ResumeJob,
    /// Stop a job.
    StopJob,
    /// Give a job up.
    AbandonJob,
    /// Order an unconfirmed change again, or look what became of it.
    Retry,
    /// Order an unconfirmed revocation until it is confirmed.
    Insist,
    /// Keep track of an unconfirmed change no longer.
    Dismiss,
    /// Show the tokens.
    Tokens,
    /// Show the users and what they hold.
    Users,
    /// Show the catalogue.
    Catalog,
    /// Show the audit trail.
    Audit,
    /// Withdraw the requests that wait for users.
    CancelRequests,
    /// Replace the tokens of users by new ones, whose values go into a file.
    GenerateExport,
    /// Choose whose tokens are listed.
    Account,
    /// Choose the backend.
    Backend,
    /// Help.
    Help,
    /// Ask the backend again.
    Refresh,
    /// The messages so far.
    Messages,
    /// The jobs.
    Jobs,
    /// The changes that are not confirmed.
    Unconfirmed,
    /// Paint the screen anew.
    Repaint,
    /// Step aside for the shell.
    Suspend,
    /// One step back.
    Back,
    /// Close what is open; at the top, leave.
    Quit,
    /// Cancel; twice, leave.
    Interrupt,
    /// Write what is asked after a leak or a leaver.
    Report,
    /// Run a command of the operator's own.
    Own(OwnId),
}
