//! The file beside the settings in which an operator's views are kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::ConfigError;
use super::fault::SettingFault;
use super::file::read_if_there;
use super::written::{SettingsFile, explain};
use crate::domain::leak;
use crate::domain::view::{SavedView, Views, must_be_view_name};

/// The name of that file.
const FILE: &str = "views.toml";

/// What it holds.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ViewsFile {
    #[serde(default)]
    views: BTreeMap<String, WrittenView>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenView {
    filter: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sort: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    columns: Vec<String>,
}

/// The file of views beside these settings.
pub fn views_file(settings: &Path) -> PathBuf {
    settings.with_file_name(FILE)
}

/// The views in that file; none where it is not there. The error names all that is wrong in
/// it, each with its line.
pub fn read_views(path: &Path) -> Result<Views, ConfigError> {
    let name = path.display().to_string();
    let unread = |error| ConfigError::one(format!("cannot read the views '{name}': {error}"));
    let text = read_if_there(path).map_err(unread)?.unwrap_or_default();
    let written = SettingsFile { name, text, ..SettingsFile::default() };
    let file: ViewsFile =
        toml::from_str(&written.text).map_err(|error| explain(&written, &error))?;
    let (mut views, mut faults) = (Views::new(), Vec::new());
    for (name, view) in file.views {
        if let Err(why) = must_be_view_name(&name) {
            faults.push(SettingFault::at(&["views", &name], why));
        }
        match SavedView::read(&view.filter, &view.sort, &view.columns) {
            Ok(view) => drop(views.insert(name, view)),
            Err((key, why)) => {
                faults.push(SettingFault::at(&["views", &name, key], leak::hide(&why)));
            }
        }
    }
    let wrong = written.told(faults);
    if wrong.is_empty() { Ok(views) } else { Err(ConfigError(wrong)) }
}

/// The text of a file with these views.
pub fn views_text(views: &Views) -> Result<String, toml::ser::Error> {
    let written = |view: &SavedView| WrittenView {
        filter: view.filter.clone(),
        sort: view.order(),
        columns: view.columns.iter().map(|column| column.typed().into_owned()).collect(),
    };
    let views = views.iter().map(|(name, view)| (name.clone(), written(view))).collect();
    toml::to_string(&ViewsFile { views })
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Views, ConfigError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        std::fs::write(&path, text).expect("written");
        read_views(&path)
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let columns = ["name".to_owned(), "last-access".to_owned()];
        let view = SavedView::read("robot exp<30d", "expires,-name", &columns).expect("read");
        let views = Views::from([("q1".to_owned(), view)]);
        let text = views_text(&views).expect("text");
        assert!(text.contains("filter = \"text:robot exp<30d\""), "{text}");
        assert_eq!(read(&text), Ok(views));
        assert_eq!(read(""), Ok(Views::new()));
    }

    #[test]
    fn a_slip_is_named_with_its_line() {
        for (text, expected) in [
            ("[views.q1]\nfilter = \"levle:x\"\n", "views.toml:2:1: views.q1.filter:"),
            ("[views.q1]\nsort = \"nmae\"\n", "views.toml:2:1: views.q1.sort: 'nmae'"),
            ("[views.q1]\ncolumns = [\"x\"]\n", "views.toml:2:1: views.q1.columns: 'x'"),
            ("[views.\"a b\"]\n", "views.toml:1:8: views.a b: a view's name is letters"),
            ("[views.never]\n", "'never' is built in"),
            ("[views.q1]\nfliter = \"\"\n", "unknown field `fliter`"),
            ("[views\n", "TOML parse error at line 1"),
            ("[view.q1]\n", "unknown field `view`"),
        ] {
            let error = read(text).expect_err(text).to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
