//! Lets screen and backend judge the settings that are their own: keys, theme and
//! addresses. Settings and these know nothing of each other; they meet here.

use super::themes::ThemeShelf;
use crate::backend::remote::check_url;
use crate::config::{self, Keys, SettingFault};
use crate::domain::Refusal;
use crate::tui::Keymap;

/// The word of those who know.
pub(super) struct Owners;

impl config::Judge for Owners {
    fn keys(&self, keys: &Keys) -> Vec<SettingFault> {
        let faults = Keymap::remapped(keys).err().unwrap_or_default();
        let faults = faults.into_iter().map(|fault| {
            let path = [Some("keys".to_owned()), Some(fault.scope), fault.command];
            SettingFault { path: path.into_iter().flatten().collect(), message: fault.message }
        });
        faults.collect()
    }

    fn url(&self, url: &str) -> Option<String> {
        check_url(url).err().map(|refusal| match refusal {
            Refusal::Invalid(fields) => {
                fields.into_iter().map(|field| field.message).collect::<Vec<_>>().join("; ")
            }
            other => other.to_string(),
        })
    }

    fn theme(&self, name: &str) -> Vec<String> {
        ThemeShelf::read(name).faults(name)
    }
}
