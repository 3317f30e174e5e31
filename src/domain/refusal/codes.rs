//! What goes with a refusal: a stable code, an exit code and an HTTP status.

use super::Refusal;

impl Refusal {
    /// The stable code, for scripts and problem replies.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::Ambiguous { .. } => "ambiguous",
            Self::UnknownUser { .. } => "unknown_user",
            Self::NotSignedIn => "not_signed_in",
            Self::NeedsManageTokens | Self::NeedsRole { .. } | Self::OwnerOnly => "not_permitted",
            Self::ClockJumped(_) => "clock_jumped",
            Self::ReadOnly => "read_only",
            Self::AlreadyRevoked => "already_revoked",
            Self::AlreadyExpired => "already_expired",
            Self::AlreadyDeleted => "already_deleted",
            Self::AlreadyEnabled => "already_enabled",
            Self::AlreadyDisabled => "already_disabled",
            Self::NotPending => "not_pending",
            Self::AlreadyPending => "already_pending",
            Self::CancelInstead => "pending",
            Self::NothingHeld => "nothing_held",
            Self::NoCommonScope { .. } => "no_common_scope",
            Self::ChooseModule => "choose_module",
            Self::WrongStatus { .. } => "wrong_status",
            Self::NotAcceptable { .. } => "not_acceptable",
            Self::OutOfService { .. } => "out_of_service",
            Self::UserDisabled { .. } => "user_disabled",
            Self::AlreadyTheirs => "already_theirs",
            Self::NotOfAccount { .. } => "not_of_account",
            Self::LacksScopes { .. } => "lacks_scopes",
            Self::OwnUser => "own_user",
            Self::ValueGone => "value_gone",
            Self::ShownOnce => "shown_once",
            Self::HasOwner => "has_owner",
            Self::NoValueYet => "no_value_yet",
            Self::NotRetained => "not_retained",
            Self::Invalid(_) => "invalid",
            Self::StaleVersion { .. } => "stale_version",
            Self::StalePlan => "stale_plan",
            Self::NoTerms => "no_terms",
            Self::NothingToDo(_) | Self::NothingToBe(_) => "nothing_to_do",
            Self::NotConfirmed(_) => "not_confirmed",
            Self::NoOverlap => "no_overlap",
            Self::JobRunning { .. } => "job_running",
            Self::JobStopped => "job_stopped",
            Self::JobOver => "job_over",
            Self::JobStaged => "job_staged",
            Self::TooManyJobs(_) => "too_many_jobs",
            Self::TooManyItems { .. } => "too_many_items",
            Self::HoldsMore { .. } => "holds_more",
            Self::LastSuperadmin => "last_superadmin",
            Self::AccountStays => "account_stays",
            Self::InUse(_) => "in_use",
            Self::Lacking(_) | Self::Unsupported(_) => "unsupported",
        }
    }

    /// The exit code of a command that ends with it.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Invalid(_)
            | Self::Ambiguous { .. }
            | Self::NotConfirmed(_)
            | Self::TooManyItems { .. }
            | Self::NoTerms
            | Self::ChooseModule => 2,
            Self::UnknownUser { .. }
            | Self::NotSignedIn
            | Self::NeedsManageTokens
            | Self::NeedsRole { .. }
            | Self::OwnerOnly
            | Self::HoldsMore { .. }
            | Self::UserDisabled { .. }
            | Self::ReadOnly => 3,
            Self::NotFound { .. } => 4,
            // What was asked may be well: it is the store that does not take it now.
            Self::ClockJumped(_) => 6,
            Self::StaleVersion { .. } | Self::StalePlan => 7,
            Self::AlreadyRevoked
            | Self::AlreadyExpired
            | Self::AlreadyDeleted
            | Self::AlreadyEnabled
            | Self::AlreadyDisabled
            | Self::NotPending
            | Self::AlreadyPending
            | Self::CancelInstead
            | Self::NothingHeld
            | Self::NoCommonScope { .. }
            | Self::WrongStatus { .. }
            | Self::NotAcceptable { .. }
            | Self::OutOfService { .. }
            | Self::AlreadyTheirs
            | Self::NotOfAccount { .. }
            | Self::LacksScopes { .. }
            | Self::ValueGone
            | Self::ShownOnce
            | Self::HasOwner
            | Self::NoValueYet
            | Self::NotRetained
            | Self::NothingToDo(_)
            | Self::NothingToBe(_)
            | Self::NoOverlap
            | Self::JobRunning { .. }
            | Self::JobStopped
            | Self::JobOver
            | Self::JobStaged
            | Self::LastSuperadmin
            | Self::OwnUser
            | Self::AccountStays
            | Self::InUse(_)
            | Self::TooManyJobs(_)
            | Self::Lacking(_)
            | Self::Unsupported(_) => 1,
        }
    }

    /// The status of an HTTP reply that carries it (RFC 9110 section 15.5).
    pub fn http_status(&self) -> u16 {
        match self {
            Self::NoTerms => 400,
            Self::UnknownUser { .. } | Self::NotSignedIn => 401,
            Self::NeedsManageTokens
            | Self::NeedsRole { .. }
            | Self::OwnerOnly
            | Self::HoldsMore { .. }
            | Self::UserDisabled { .. }
            | Self::ReadOnly => 403,
            Self::NotFound { .. } => 404,
            Self::StaleVersion { .. } | Self::StalePlan => 412,
            Self::TooManyItems { .. } => 413,
            Self::Invalid(_)
            | Self::Ambiguous { .. }
            | Self::NotConfirmed(_)
            | Self::ChooseModule
            // What a server can't do no server of its kind can: it is the request.
            | Self::Lacking(_) | Self::Unsupported(_) => 422,
            Self::AlreadyRevoked
            | Self::AlreadyExpired
            | Self::AlreadyDeleted
            | Self::AlreadyEnabled
            | Self::AlreadyDisabled
            | Self::NotPending
            | Self::AlreadyPending
            | Self::CancelInstead
            | Self::NothingHeld
            | Self::NoCommonScope { .. }
            | Self::WrongStatus { .. }
            | Self::NotAcceptable { .. }
            | Self::OutOfService { .. }
            | Self::AlreadyTheirs
            | Self::NotOfAccount { .. }
            | Self::LacksScopes { .. }
            | Self::ValueGone
            | Self::ShownOnce
            | Self::HasOwner
            | Self::NoValueYet
            | Self::NotRetained
            | Self::NothingToDo(_)
            | Self::NothingToBe(_)
            | Self::NoOverlap
            | Self::JobRunning { .. }
            | Self::JobStopped
            | Self::JobOver
            | Self::JobStaged
            | Self::LastSuperadmin
            | Self::OwnUser
            | Self::AccountStays
            | Self::InUse(_)
            | Self::TooManyJobs(_) => 409,
            Self::ClockJumped(_) => 503,
        }
    }
}
