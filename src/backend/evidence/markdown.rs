//! A report as Markdown, for people. What comes from a store is made safe for a terminal,
//! and no sign of it is one of Markdown's: a name is never a heading, a link or HTML.

use std::fmt::Write as _;

use super::{Chain, Evidence, Reach, Span, Standing, TokenEvidence};
use crate::domain::calendar::{end_day, minutes, seconds};
use crate::domain::{Detail, Event, EventAction, Level, Stamp, Time};
use crate::text::{counted, safe_line};
use crate::wire::{EventView, RowId};

/// The report as it is read.
pub fn markdown(evidence: &Evidence) -> String {
    let mut out = String::new();
    // Writing to memory does not fail.
    let _ = write(&mut out, evidence);
    out
}

fn write(out: &mut String, evidence: &Evidence) -> std::fmt::Result {
    let Evidence { made_at, made_by, login, backend, place, tokens, missing, .. } = evidence;
    match tokens.as_slice() {
        [only] => writeln!(out, "# Report on the API token {}\n", plain(&only.view.token.name))?,
        all => writeln!(out, "# Report on {}\n", counted(all.len(), "API token"))?,
    }
    writeln!(
        out,
        "Made {} by {} ({}) from {}, {}. All times are UTC. It holds no token value.\n",
        seconds(*made_at),
        plain(made_by),
        plain(login),
        plain(backend),
        plain(place),
    )?;
    if tokens.len() != 1 {
        summary(out, evidence)?;
    }
    if !missing.is_empty() {
        let ids: Vec<_> = missing.iter().map(|id| plain(id)).collect();
        writeln!(out, "Not there any more: {}.\n", ids.join(", "))?;
    }
    proof(out, &evidence.chain)?;
    tokens.iter().try_for_each(|token| one(out, token))
}

fn summary(out: &mut String, evidence: &Evidence) -> std::fmt::Result {
    let all = &evidence.summary;
    let statuses: Vec<_> =
        all.statuses.iter().map(|(status, count)| format!("{count} {status}")).collect();
    let last =
        all.last_used_at.map_or_else(String::new, |at| format!(", the last time {}", seconds(at)));
    writeln!(out, "## Summary\n")?;
    writeln!(out, "- {}: {}.", counted(all.tokens, "token"), or_none(&statuses.join(", ")))?;
    writeln!(out, "- {} can be used now.", all.usable)?;
    writeln!(
        out,
        "- {} ever used{last}.\n",
        if all.used == 1 { "1 was".to_owned() } else { format!("{} were", all.used) }
    )?;
    let rows = evidence.tokens.iter().map(|token| {
        let done = answers(token).map(|event| action(&event.event)).collect::<Vec<_>>();
        vec![
            plain(&token.view.token.name),
            plain(&token.view.token.id.to_string()),
            plain(&token.view.names.account(token.view.token.account)),
            token.view.status.to_string(),
            spans(&token.could_be_used),
            token.view.token.last_used_at.map_or_else(|| "never".to_owned(), seconds),
            or_none(&done.join(", ")),
        ]
    });
    let titles =
        ["Token", "Id", "Account", "Status", "Could be used", "Last used", "Done about it"];
    table(out, &titles, rows)
}

fn proof(out: &mut String, chain: &Chain) -> std::fmt::Result {
    writeln!(out, "## Proof\n")?;
    match chain {
        Chain::Read(chain) if chain.whole => {
            let head = head(&chain.head);
            writeln!(
                out,
                "The log is whole: {}. Its head, read after all that stands here:\n\n\
                 ```text\n{head}\n```\n\n\
                 Whoever keeps this head proves later that no event up to it was changed, \
                 removed or put in between:\n\n\
                 ```sh\ntokendeck audit verify --expect {head}\n```\n",
                counted(usize::try_from(chain.events).unwrap_or(usize::MAX), "event"),
            )
        }
        Chain::Read(chain) => writeln!(
            out,
            "**The log is broken**{}: {}. It holds up to `{}`; what comes after it is not \
             proven.\n",
            chain.broken_at.map_or_else(String::new, |at| format!(" at event {at}")),
            plain(chain.reason.as_deref().unwrap_or("no reason is known")),
            head(&chain.head),
        ),
        Chain::Unread { unread } => writeln!(
            out,
            "The head of the log could not be read: {}. Nothing here is proven by it. Whoever \
             may read all of the log gets it with `tokendeck audit verify`.\n",
            plain(unread),
        ),
    }
}

/// The head as it stands in code, where nothing is escaped: signs of a head only.
fn head(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ':').collect()
}

fn one(out: &mut String, evidence: &TokenEvidence) -> std::fmt::Result {
    let (view, token) = (&evidence.view, &evidence.view.token);
    writeln!(out, "## {} ({})\n", plain(&token.name), plain(&token.id.to_string()))?;
    let never = |end: Option<Time>| end.map_or_else(|| "never".to_owned(), end_day);
    let stamp = |stamp: Stamp| {
        let by = stamp.by.map_or_else(|| "the store".to_owned(), |id| view.names.user(id));
        format!("{} by {}", seconds(stamp.at), plain(&by))
    };
    let status = match view.out_of_service {
        Some(out) => format!("{} ({out})", view.status),
        None => view.status.to_string(),
    };
    let labels = token.labels.iter().map(|(name, text)| plain(&format!("{name}={text}")));
    let mut facts = vec![
        ("Status", status),
        ("Account", plain(&view.names.account(token.account))),
        ("Owner", token.owner.map_or_else(none, |id| plain(&view.names.user(id)))),
        ("Description", or_none(&plain(&token.description))),
        ("Labels", or_none(&labels.collect::<Vec<_>>().join(", "))),
        ("Made", stamp(token.created)),
        ("Last changed", stamp(token.updated)),
        ("Ends", never(token.valid_to)),
        ("Could be used", spans(&evidence.could_be_used)),
    ];
    facts.extend(token.revoked.map(|at| ("Revoked", stamp(at))));
    facts.extend(token.planned_end.map(|end| ("Would have ended", end_day(end))));
    facts.extend(token.deleted.map(|at| ("Deleted", stamp(at))));
    let rows = facts.into_iter().map(|(title, text)| vec![title.to_owned(), text]);
    table(out, &["", ""], rows)?;
    if let Some(why) = &evidence.events_unread {
        writeln!(out, "Its record could not be read: {}.\n", plain(why))?;
    }
    could_reach(out, evidence)?;
    uses(out, evidence)?;
    done(out, evidence)?;
    record(out, &evidence.events)
}

fn could_reach(out: &mut String, evidence: &TokenEvidence) -> std::fmt::Result {
    writeln!(out, "### What it could reach\n")?;
    let row = |reach: &Reach| {
        vec![
            minutes(reach.from),
            reach.until.map_or_else(|| "now".to_owned(), minutes),
            standing(reach),
            access(reach),
            names(&reach.scopes),
            reach.owner.as_deref().map_or_else(none, plain),
            match (reach.valid_from, reach.valid_to) {
                (None, end) => end.map_or_else(|| "never".to_owned(), end_day),
                (Some(start), end) => format!(
                    "{} (from {})",
                    end.map_or_else(|| "never".to_owned(), end_day),
                    minutes(start)
                ),
            },
            reach.sequence.map_or_else(none, |number| number.to_string()),
        ]
    };
    let titles = ["From", "Until", "It was", "Access", "Scopes", "Owner", "Ends", "Event"];
    table(out, &titles, evidence.reach.iter().map(row))?;
    let grants = evidence.view.effective.iter();
    let today: Vec<_> = grants
        .map(|grant| {
            format!("{} {}", plain(&evidence.view.names.module(grant.module)), grant.level)
        })
        .collect();
    writeln!(out, "With what its groups give today: {}.\n", or_none(&today.join(", ")))?;
    if evidence.reach.iter().any(|reach| !reach.unrecorded.is_empty()) {
        writeln!(
            out,
            "\\* Its record is older than this is kept: what is marked is told as it was \
             afterwards.\n"
        )?;
    }
    Ok(())
}

fn standing(reach: &Reach) -> String {
    let mark = if reach.unrecorded.is_empty() { "" } else { " \\*" };
    let word = match reach.standing {
        Standing::Pending => "asked for",
        Standing::Enabled => "in service",
        Standing::Disabled => "switched off",
        Standing::Revoked => "revoked",
        Standing::Deleted => "deleted",
    };
    format!("{word}{mark}")
}

fn access(reach: &Reach) -> String {
    let level = |(module, level): (&String, &Level)| format!("{} {level}", plain(module));
    let groups = reach.groups.iter().map(|name| format!("group {}", plain(name)));
    let all: Vec<_> = reach.access.iter().map(level).chain(groups).collect();
    or_none(&all.join(", "))
}

fn uses(out: &mut String, evidence: &TokenEvidence) -> std::fmt::Result {
    writeln!(out, "### When it was used\n")?;
    let token = &evidence.view.token;
    let at = |time: Option<Time>| time.map_or_else(|| "never".to_owned(), seconds);
    writeln!(out, "The last time: {}.\n", at(token.last_used_at))?;
    let current = token.value.map(|value| {
        let issued = value.issued_at.map_or_else(|| "not kept".to_owned(), seconds);
        vec![value.guid.to_string(), "current".to_owned(), issued, at(value.last_used_at)]
    });
    let older = token.previous.map(|value| {
        let state = format!("older, passes until {}", seconds(value.until));
        vec![value.guid.to_string(), state, none(), at(value.last_used_at)]
    });
    table(out, &["Value (GUID)", "It is", "Issued", "Last used"], current.into_iter().chain(older))
}

/// What was done to take it out of service, or to make its value worthless.
fn answers(evidence: &TokenEvidence) -> impl Iterator<Item = &EventView> {
    evidence.events.iter().filter(|event| match event.event.action {
        EventAction::Disabled
        | EventAction::Revoked
        | EventAction::Deleted
        | EventAction::Cancelled
        | EventAction::Regenerated
        | EventAction::OverlapEnded
        | EventAction::HandedOver => true,
        EventAction::Created
        | EventAction::Edited
        | EventAction::Enabled
        | EventAction::Requested
        | EventAction::Accepted
        | EventAction::Revealed
        | EventAction::Exported
        | EventAction::Initialised
        | EventAction::Migrated
        | EventAction::ClockAccepted
        | EventAction::Other(_) => false,
    })
}

fn done(out: &mut String, evidence: &TokenEvidence) -> std::fmt::Result {
    writeln!(out, "### What was done about it\n")?;
    if answers(evidence).next().is_none() {
        return writeln!(out, "Nothing is on record.\n");
    }
    for event in answers(evidence) {
        let reason = event.event.details.iter().find_map(|fact| match fact {
            Detail::Reason { reason } => Some(format!(": {}", plain(&reason.to_string()))),
            _ => None,
        });
        writeln!(
            out,
            "- {} {} by {}{} (event {})",
            seconds(event.event.at),
            action(&event.event),
            actor(event),
            reason.unwrap_or_default(),
            event.event.sequence,
        )?;
    }
    writeln!(out)
}

fn record(out: &mut String, events: &[EventView]) -> std::fmt::Result {
    writeln!(out, "### Who made and changed it\n")?;
    let row = |view: &EventView| {
        vec![
            view.event.sequence.to_string(),
            seconds(view.event.at),
            actor(view),
            action(&view.event),
            plain(&view.facts().join(", ")),
        ]
    };
    table(out, &["Event", "At", "By", "What", "Details"], events.iter().map(row))
}

fn actor(view: &EventView) -> String {
    let by = &view.event.by;
    let name = view.by_name.clone().or_else(|| by.user.map(|id| id.to_string()));
    let name = name.map_or_else(|| "the store".to_owned(), |name| plain(&name));
    match &by.system_login {
        Some(login) => format!("{name} (as {} on its machine)", plain(login)),
        None => name,
    }
}

fn action(event: &Event<RowId>) -> String {
    plain(&event.action.to_string().replace('_', " "))
}

fn spans(spans: &[Span]) -> String {
    let one = |span: &Span| {
        let until = span.until.map_or_else(|| "now".to_owned(), minutes);
        format!("{} to {until}", minutes(span.from))
    };
    if spans.is_empty() {
        return "never".to_owned();
    }
    spans.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn names(names: &[String]) -> String {
    or_none(&names.iter().map(|name| plain(name)).collect::<Vec<_>>().join(", "))
}

fn none() -> String {
    "-".to_owned()
}

fn or_none(text: &str) -> String {
    if text.is_empty() { none() } else { text.to_owned() }
}

fn table(
    out: &mut String,
    titles: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> std::fmt::Result {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return writeln!(out, "Nothing is on record.\n");
    }
    let titles: Vec<_> = titles.iter().map(|title| (*title).to_owned()).collect();
    writeln!(out, "{}", line(&titles))?;
    writeln!(out, "|{}", " --- |".repeat(titles.len()))?;
    for row in rows {
        writeln!(out, "{}", line(&row))?;
    }
    writeln!(out)
}

/// A text on one line that shows as it is: nothing in it acts on a terminal, and each sign
/// that means something in Markdown is escaped, those that make links by themselves too.
fn plain(text: &str) -> String {
    let mut safe = String::new();
    for c in safe_line(text).chars() {
        if "\\`*_{}[]()<>#+!|~&$^=:@".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe.replace("www.", "www\\.")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_hostile_name_is_shown_as_it_is() {
        assert_eq!(plain("# [x](http://y) | <b>*"), "\\# \\[x\\]\\(http\\://y\\) \\| \\<b\\>\\*");
        assert_eq!(plain("www.x a@b"), "www\\.x a\\@b");
        let hostile = plain("a\n## b\u{1b}[2J\u{202e}");
        assert!(!hostile.contains(['\n', '\u{1b}', '\u{202e}']), "{hostile}");
    }
}
