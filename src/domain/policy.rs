//! What an account asks of its tokens: that none lives too long, that each has an end,
//! that none lies unused. The one place of these rules. Nothing is taken out of service
//! by them: a token that breaks one is told, or not made, as the account says.

use std::fmt;

use chrono::{Days, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::calendar::{self, LAST, Span, day, end_day};
use super::catalogue::{Breach, MAX_DAYS, Rules};
use super::{
    AccountId, Action, Catalogue, Expiry, FieldError, OutOfService, Refusal, Settings, Status,
    Time, Token, whole,
};

/// A rule of its account that a token does not keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "offence", rename_all = "snake_case")]
pub enum Offence {
    /// It never ends, and has to.
    NeverEnds {
        /// When it had to end at the latest; none = any end would do.
        latest: Option<Time>,
    },
    /// It lives longer than a token may.
    LivesLong {
        /// How long one may, in days.
        #[serde(deserialize_with = "whole::read")]
        days: u32,
        /// When it had to end at the latest.
        latest: Time,
    },
    /// It could be used, and was not for too long.
    Idle {
        /// For how long one may lie idle, in days.
        #[serde(deserialize_with = "whole::read")]
        days: u32,
        /// Its last use; or since when it could be used, where it never was.
        since: Time,
    },
}

impl Offence {
    /// The stable word for it, as in its JSON form.
    pub fn code(self) -> &'static str {
        match self {
            Self::NeverEnds { .. } => "never_ends",
            Self::LivesLong { .. } => "lives_long",
            Self::Idle { .. } => "idle",
        }
    }

    /// Whether it is about the end that somebody set, so that it can be refused there.
    pub fn is_of_end(self) -> bool {
        match self {
            Self::NeverEnds { .. } | Self::LivesLong { .. } => true,
            Self::Idle { .. } => false,
        }
    }
}

impl fmt::Display for Offence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeverEnds { latest: None } => f.write_str("never ends"),
            Self::NeverEnds { latest: Some(latest) } => {
                write!(f, "never ends: {} at the latest", end_day(*latest))
            }
            Self::LivesLong { days, latest } => {
                write!(f, "lives longer than {days} days: {} at the latest", end_day(*latest))
            }
            Self::Idle { days, since } => {
                write!(f, "unused for {days} days: since {}", day(*since))
            }
        }
    }
}

impl fmt::Display for Rules {
    /// "at most 90 days, idle for 60 days; refused"; "none" where nothing is asked for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { longest_days, never_forbidden, idle_days, breach } = *self;
        let longest = longest_days.map(|days| format!("at most {days} days"));
        let never = never_forbidden.then(|| "an end".to_owned());
        let idle = idle_days.map(|days| format!("not idle for {days} days"));
        let rules: Vec<_> = [longest, never, idle].into_iter().flatten().collect();
        if rules.is_empty() {
            return f.write_str("none");
        }
        let of_end = longest_days.is_some() || never_forbidden;
        let breach = match breach {
            _ if !of_end => "",
            Breach::Flag => "; others are flagged",
            Breach::Refuse => "; others are refused",
        };
        write!(f, "{}{breach}", rules.join(", "))
    }
}

/// Offences as one text: "never ends; unused for 90 days: since 2026-01-05".
pub fn in_words(offences: &[Offence]) -> String {
    offences.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What is said to whoever just set the end of a token with these offences.
pub fn warning(offences: &[Offence]) -> Option<String> {
    let of_end: Vec<_> = offences.iter().copied().filter(|offence| offence.is_of_end()).collect();
    let words = (!of_end.is_empty()).then(|| in_words(&of_end))?;
    Some(against(&words))
}

/// What stands against a token now. Only one that could be used, now or later without
/// anybody's doing, can offend: what ended, is switched off, waits for its owner without
/// a value, or is of an account or owner out of service, does no harm.
pub fn offences(token: &Token, catalogue: &Catalogue, now: Time) -> Vec<Offence> {
    let account = token.account.and_then(|id| catalogue.accounts.get(&id));
    let in_service = OutOfService::of(token, catalogue).is_none();
    let Some(account) = account.filter(|_| in_service) else { return vec![] };
    let of_end = match Status::of(token, catalogue, now) {
        Status::Active | Status::Scheduled => of_end(token, account.rules),
        Status::Pending if token.value.is_some() => of_end(token, account.rules),
        Status::Pending
        | Status::Disabled
        | Status::Expired
        | Status::Revoked
        | Status::Deleted
        | Status::Unknown => None,
    };
    let active = Status::of(token, catalogue, now).is_active();
    let idle = if active { idle(token, account.rules, now) } else { None };
    of_end.into_iter().chain(idle).collect()
}

/// Judges a token that was just made, or whose end or value was just set: refused, or
/// made with what its maker is to be told, as its account says.
pub fn judge(token: &Token, catalogue: &Catalogue) -> Result<(), Refusal> {
    let account = token.account.and_then(|id| catalogue.accounts.get(&id));
    let Some(account) = account else { return Ok(()) };
    match (of_end(token, account.rules), account.rules.breach) {
        (None, _) | (Some(_), Breach::Flag) => Ok(()),
        (Some(offence), Breach::Refuse) => {
            let message = refusal(&account.name, offence);
            Err(Refusal::Invalid(vec![FieldError::new("valid_to", message)]))
        }
    }
}

/// How long a token would live, where that is about to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// From when on.
    pub start: Time,
    /// Its end; none = it has none.
    pub end: Option<Time>,
}

impl Life {
    /// That of a value issued now, under a token that is valid from then.
    pub fn from_now(valid_from: Option<Time>, end: Option<Time>, now: Time) -> Self {
        Self { start: valid_from.map_or(now, |from| from.max(now)), end }
    }

    /// That which these settings would give to a token, or to one that is not there yet;
    /// none where they leave it as it is, which may stay.
    pub fn of_settings(
        settings: &Settings,
        before: Option<&Token<impl Sized>>,
        new_value: bool,
        now: Time,
    ) -> Option<Self> {
        let Settings { valid_from, valid_to, .. } = *settings;
        let Some(token) = before.filter(|_| !new_value) else {
            return Some(Self::from_now(valid_from, valid_to, now));
        };
        let stays = (token.valid_from, token.valid_to) == (valid_from, valid_to);
        if stays || (valid_to.is_none() && token.value.is_none()) {
            return None;
        }
        let issued = issued(token);
        Some(Self { start: valid_from.map_or(issued, |from| from.max(issued)), end: valid_to })
    }
}

/// What an account says beforehand of a token that would live like that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is made, and this is said.
    Flagged(String),
    /// It is not made, for this reason.
    Refused(String),
}

/// What its account would say of a token with such a life; none where it keeps to the rules.
pub fn verdict(account: Option<AccountId>, life: Life, catalogue: &Catalogue) -> Option<Verdict> {
    let account = catalogue.accounts.get(&account?)?;
    let offence = of_life(life, account.rules)?;
    Some(match account.rules.breach {
        Breach::Flag => Verdict::Flagged(format!("It is {}", against(&in_words(&[offence])))),
        Breach::Refuse => Verdict::Refused(refusal(&account.name, offence)),
    })
}

fn against(offences: &str) -> String {
    format!("against the rules of its account: {offences}")
}

fn refusal(account: &str, offence: Offence) -> String {
    format!("{account} allows no token that {offence}")
}

/// Whether an action sets anew how long the token lives. What was made before a rule may
/// stay until then.
pub fn sets_life(action: &Action, before: &Token, after: &Token) -> bool {
    match action {
        Action::Regenerate { .. } => true,
        // An exported value had its end before.
        Action::Accept { credential, .. } => credential.is_some(),
        Action::Edit { credential, .. } => {
            let ends = |token: &Token| (token.valid_from, token.valid_to);
            credential.is_some() || ends(before) != ends(after)
        }
        // What is handed over keeps its end.
        Action::Enable
        | Action::Disable
        | Action::Revoke
        | Action::Delete
        | Action::DropOld
        | Action::HandOver { .. } => false,
    }
}

/// The end of a user's token where nobody chooses one: six months, or less where the
/// account allows no more.
pub fn default_end(account: Option<AccountId>, catalogue: &Catalogue, now: Time) -> Option<Time> {
    let end = Expiry::DEFAULT_OF_USER.valid_to(now);
    let account = account.and_then(|id| catalogue.accounts.get(&id));
    let latest = account.and_then(|account| latest(now, account.rules.longest_days?));
    match (end, latest) {
        (Some(end), Some(latest)) => Some(end.min(latest)),
        (end, latest) => end.or(latest),
    }
}

/// How long a request will live that names no end: `6 months from acceptance`, or the days
/// that the account allows where those are fewer.
pub fn life_of_request(account: Option<AccountId>, catalogue: &Catalogue, now: Time) -> String {
    let rules = account.and_then(|id| catalogue.accounts.get(&id)).map(|account| account.rules);
    let days = rules.and_then(|rules| rules.longest_days);
    let shortened = default_end(account, catalogue, now) < Expiry::DEFAULT_OF_USER.valid_to(now);
    match days.filter(|_| shortened) {
        Some(days) => format!("{days} days from acceptance"),
        None => format!("{} from acceptance", Expiry::DEFAULT_OF_USER),
    }
}

fn of_end(token: &Token, rules: Rules) -> Option<Offence> {
    // A request gets its end with its value.
    if token.valid_to.is_none() && token.value.is_none() {
        return None;
    }
    of_life(Life { start: start(token, issued(token)), end: token.valid_to }, rules)
}

fn of_life(Life { start, end }: Life, rules: Rules) -> Option<Offence> {
    let latest_end = rules.longest_days.and_then(|days| Some((days, latest(start, days)?)));
    match (end, latest_end) {
        // What has no end outlives any number of days.
        (None, Some((_, latest))) => Some(Offence::NeverEnds { latest: Some(latest) }),
        (None, None) => rules.never_forbidden.then_some(Offence::NeverEnds { latest: None }),
        (Some(end), Some((days, latest))) if end > latest => {
            Some(Offence::LivesLong { days, latest })
        }
        (Some(_), _) => None,
    }
}

fn idle(token: &Token, rules: Rules, now: Time) -> Option<Offence> {
    let days = rules.idle_days?;
    let accepted = token.accepted.map(|stamp| stamp.at);
    let usable = start(token, accepted.map_or(issued(token), |at| at.max(issued(token))));
    let since = token.last_used_at.map_or(usable, |used| used.max(usable));
    let over = since.checked_add_signed(TimeDelta::days(days.into()))?;
    (over <= now).then_some(Offence::Idle { days, since })
}

/// When its value was issued; of old ones that was not always kept.
fn issued(token: &Token<impl Sized>) -> Time {
    let issued = token.value.and_then(|value| value.issued_at);
    issued.or(token.accepted.map(|stamp| stamp.at)).unwrap_or(token.created.at)
}

/// From when on it can be used, where its value is there since then.
fn start(token: &Token, since: Time) -> Time {
    token.valid_from.map_or(since, |from| from.max(since))
}

/// The latest end of what starts then and may live so many days: the end of that day, as
/// whoever types a day means all of it.
fn latest(start: Time, days: u32) -> Option<Time> {
    let over = start.checked_add_signed(TimeDelta::days(days.into()))?;
    if over.time() == NaiveTime::MIN {
        return Some(over.min(LAST));
    }
    let day = over.date_naive().and_time(NaiveTime::MIN).and_utc();
    Some(day.checked_add_days(Days::new(1))?.min(LAST))
}

/// The days that a length of time stands for in a rule: of months as many as the longest
/// such months have, so that `3m` allows what `--expires 3m` asks for.
pub fn days_of(span: Span) -> Result<u32, String> {
    let days = match span {
        Span::Hours(hours) if hours % 24 == 0 => hours / 24,
        Span::Hours(_) => return Err("give whole days, such as 90d".to_owned()),
        Span::Days(days) => days,
        Span::Months(months) => longest_months(months).ok_or_else(too_long)?,
    };
    check_days(days).map(|()| days)
}

/// The days of a rule as people type them: `90d`, `12w`, `6m`; `none` where it goes.
pub fn read_days(text: &str) -> Result<Option<u32>, String> {
    if text.trim().eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    let span: Span = text.trim().parse()?;
    days_of(span).map(Some)
}

/// Refuses what no rule can name.
pub fn check_days(days: u32) -> Result<(), String> {
    match days {
        0 => Err("at least one day".to_owned()),
        days if days > MAX_DAYS => Err(too_long()),
        _ => Ok(()),
    }
}

fn too_long() -> String {
    format!("at most {MAX_DAYS} days, which are a hundred years")
}

fn longest_months(months: u32) -> Option<u32> {
    // The days of four years are those of any, but for some years that end in 00.
    let starts = (0..48).filter_map(|month| {
        calendar::add_months(Time::UNIX_EPOCH, month).filter(|_| months <= 1_200)
    });
    let spans = starts.filter_map(|from| {
        let days = (calendar::add_months(from, months)? - from).num_days();
        u32::try_from(days).ok()
    });
    spans.max()
}
