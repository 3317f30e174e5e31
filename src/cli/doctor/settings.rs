//! The settings: where they lie and what is wrong with them.

use std::path::Path;

use super::check::Check;
use crate::cli::call::Invocation;
use crate::cli::failure::Failure;
use crate::cli::themes::ThemeShelf;
use crate::config::{self, Loaded, ReachedBy};

const AREA: &str = "settings";

pub(super) fn checks(call: &Result<Invocation, Failure>) -> Vec<Check> {
    match call {
        Ok(call) => {
            let of_file = call.settings.settings.iter().find(|setting| setting.key == "config");
            let path = of_file.map_or("-", |setting| setting.value.as_str());
            let found = if Path::new(path).exists() {
                format!("{path} is in order")
            } else {
                format!("no file at {path}: everything is at its default")
            };
            let mut checks = vec![Check::ok(AREA, found)];
            checks.extend(themes(&call.settings.config.ui.theme));
            checks.extend(servers(&call.settings, Path::new(path)));
            checks
        }
        Err(Failure::Config(config::ConfigError(wrong))) => {
            let advice = "correct it; 'tokendeck config default' explains every setting";
            wrong.iter().map(|wrong| Check::problem(AREA, flat(wrong), advice)).collect()
        }
        Err(failure) => vec![Check::problem(AREA, failure.message(), "correct it")],
    }
}

/// Themes that are not in force do no harm, until somebody wants them.
fn themes(chosen: &str) -> Vec<Check> {
    let ThemeShelf { broken, unread, .. } = ThemeShelf::read(chosen);
    let broken = broken.into_iter().flat_map(|(_, wrong)| wrong);
    let wrong = unread.into_iter().chain(broken);
    wrong.map(|wrong| Check::warning(AREA, wrong, "correct the theme")).collect()
}

/// Whoever can write where a server is said to be gets the credential for it.
fn servers(settings: &Loaded, file: &Path) -> Option<Check> {
    if settings.config.backends.values().all(|backend| backend.kind == ReachedBy::Local) {
        return None;
    }
    let files = [file.to_owned(), config::backends_file(file)];
    let open = files.iter().find_map(|file| config::changeable_by_others(file).ok().flatten())?;
    let found = format!("others can say where a server is, and get your credential: {open}");
    Some(Check::warning(AREA, found, "type the command, and see 'tokendeck backend list'"))
}

/// What TOML says has a picture of the line in it; one line is enough here.
fn flat(message: &str) -> String {
    let plain = message.lines().filter(|line| !line.contains('|'));
    plain.map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(": ")
}
