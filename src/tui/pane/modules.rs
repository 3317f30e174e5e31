//! The Modules tab: what may be called and where that comes from (R81).

use ratatui::text::Line;

use super::line::paragraph;
use crate::text::{Safe, or_dash, pad, width};
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::wire::{GrantView, TokenView};

/// Columns of the longest module name that is shown whole.
const NAME: usize = 24;

pub(super) fn lines<'m>(model: &Seen<'_>, view: &TokenView, columns: usize) -> Vec<Line<'m>> {
    let grants = view.grants();
    let mut lines = Vec::new();
    if grants.is_empty() {
        lines.push(Line::raw(" -"));
    } else {
        let names = grants.iter().map(|grant| width(&grant.module));
        let name = names.max().unwrap_or_default().clamp("Module".len(), NAME);
        let head = row(name, "Module", "ID", "Access", "From");
        lines.push(model.theme.line(head, Role::Header));
        lines.extend(grants.iter().map(|grant| Line::raw(grant_row(name, grant))));
    }
    let token = &view.token;
    let scopes: Vec<_> = token.scopes.iter().map(|id| view.names.scope(*id)).collect();
    let groups: Vec<_> = token.groups.iter().map(|id| view.names.group(*id)).collect();
    for (label, names) in [("Scopes", scopes), ("Groups", groups)] {
        let text = or_dash(&names.join(", "));
        lines.extend(paragraph(model, label, &Safe::line(&text), columns));
    }
    lines
}

fn grant_row(name: usize, grant: &GrantView) -> String {
    let module = Safe::line(&grant.module);
    let from = Safe::line(&grant.from);
    row(name, module.as_str(), &grant.id.to_string(), &grant.level, from.as_str())
}

fn row(name: usize, module: &str, id: &str, level: &str, from: &str) -> String {
    format!(" {}  {}  {}  {from}", pad(module, name), pad(id, 8), pad(level, 6))
}
