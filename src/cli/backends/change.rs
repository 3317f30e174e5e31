//! Servers that are added, changed and removed, all in the file that is kept for it.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::kept::KeptServers;
use crate::cli::args::{BackendAddArgs, BackendEditArgs};
use crate::cli::call::Invocation;
use crate::cli::credential;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::config;

/// Adds a server to the file beside the settings, which nobody else writes.
pub(super) fn add(call: &Invocation, args: &BackendAddArgs) -> Ended {
    let name = &args.name;
    must_be_a_name(name)?;
    let mut kept = KeptServers::of(call)?;
    must_be_free(call, name, &kept)?;
    let text = |text: &str| Value::String(text.to_owned());
    let mut entry = Table::new();
    entry.insert("kind".to_owned(), text("remote"));
    entry.insert("url".to_owned(), text(args.url.trim()));
    entry.insert("credential_file".to_owned(), from_anywhere(&args.credential_file)?);
    if let Some(path) = &args.ca_file {
        entry.insert("ca_file".to_owned(), from_anywhere(path)?);
    }
    if let Some(colour) = &args.colour {
        entry.insert("colour".to_owned(), text(colour));
    }
    if args.set_read_only {
        entry.insert("read_only".to_owned(), Value::Boolean(true));
    }
    let block = kept.put(name, None, &entry)?;
    must_hold(&kept, Some(&args.url))?;
    let place = kept.place();
    if call.common.dry_run {
        call.output.note(&format!("would add to '{place}':\n{block}"));
        return Ok(Finish::Done);
    }
    kept.write()?;
    call.output.note(&format!("'{name}' added to '{place}'"));
    warn_of_credential(call, &args.credential_file);
    call.output.note(&format!(
        "try it: tokendeck backend test {name}; use it: tokendeck --backend {name}"
    ));
    Ok(Finish::Done)
}

/// Changes a server in that file.
pub(super) fn edit(call: &Invocation, args: &BackendEditArgs) -> Ended {
    let BackendEditArgs { name, rename, url, credential_file, ca_file, no_ca_file, .. } = args;
    let given = rename.is_some() || url.is_some() || credential_file.is_some();
    let marked = args.colour.is_some() || args.set_read_only || args.unset_read_only;
    if !given && ca_file.is_none() && !no_ca_file && !marked {
        let message = "nothing to change: give --url, --credential-file, --ca-file, --no-ca-file, \
                       --colour, --set-read-only, --unset-read-only or --rename";
        return Err(Failure::Usage(message.to_owned()));
    }
    let mut kept = KeptServers::of(call)?;
    let mut entry = kept.entry(call, name)?;
    if let Some(other) = rename {
        must_be_a_name(other)?;
        if other != name {
            must_be_free(call, other, &kept)?;
            must_not_be_default(call, name)?;
        }
    }
    if let Some(url) = url {
        entry.insert("url".to_owned(), Value::String(url.trim().to_owned()));
    }
    if let Some(path) = credential_file {
        entry.remove("credential_command");
        entry.insert("credential_file".to_owned(), from_anywhere(path)?);
    }
    if let Some(path) = ca_file {
        entry.insert("ca_file".to_owned(), from_anywhere(path)?);
    }
    if *no_ca_file {
        entry.remove("ca_file");
    }
    if let Some(colour) = &args.colour {
        entry.insert("colour".to_owned(), Value::String(colour.clone()));
    }
    if args.set_read_only {
        entry.insert("read_only".to_owned(), Value::Boolean(true));
    }
    if args.unset_read_only {
        entry.remove("read_only");
    }
    let block = kept.put(rename.as_ref().unwrap_or(name), Some(name), &entry)?;
    must_hold(&kept, url.as_deref())?;
    let place = kept.place();
    if call.common.dry_run {
        call.output.note(&format!("would stand in '{place}':\n{block}"));
        return Ok(Finish::Done);
    }
    kept.write()?;
    call.output.note(&format!("'{name}' changed in '{place}'"));
    if let Some(path) = credential_file {
        warn_of_credential(call, path);
    }
    Ok(Finish::Done)
}

/// Takes a server out of that file. What it names stays: a credential is no part of the
/// settings.
pub(super) fn remove(call: &Invocation, name: &str) -> Ended {
    let mut kept = KeptServers::of(call)?;
    let entry = kept.entry(call, name)?;
    must_not_be_default(call, name)?;
    kept.remove(name)?;
    let place = kept.place();
    if call.common.dry_run {
        call.output.note(&format!("would remove '{name}' from '{place}'"));
        return Ok(Finish::Done);
    }
    kept.write()?;
    call.output.note(&format!("'{name}' removed from '{place}'"));
    if let Some(file) = entry.get("credential_file").and_then(Value::as_str) {
        call.output.note(&format!(
            "the credential in '{file}' stays, and passes until it is revoked on the server"
        ));
    }
    Ok(Finish::Done)
}

fn must_be_a_name(name: &str) -> Result<(), Failure> {
    config::name_fault(name).map_or(Ok(()), |fault| Err(Failure::Usage(fault)))
}

fn must_be_free(call: &Invocation, name: &str, kept: &KeptServers) -> Result<(), Failure> {
    if !call.settings.config.backends.contains_key(name) {
        return Ok(());
    }
    let place = kept.place();
    let advice = if kept.holds(name) {
        format!("'tokendeck backend edit {name}' changes it, in '{place}'")
    } else {
        "choose another name".to_owned()
    };
    Err(Failure::Usage(format!("there is a backend '{name}' already: {advice}")))
}

/// Without it the settings would name a backend that is not there, and nothing would start.
fn must_not_be_default(call: &Invocation, name: &str) -> Result<(), Failure> {
    let file = call.settings.settings.iter().find(|setting| setting.key == "config");
    let file = file.map(|setting| PathBuf::from(&setting.value)).unwrap_or_default();
    let text = config::read_if_there(&file).ok().flatten().unwrap_or_default();
    let written: Table = toml::from_str(&text).unwrap_or_default();
    if written.get("default_backend").and_then(Value::as_str) != Some(name) {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "'{name}' is the default_backend in '{}': name another there first",
        file.display()
    )))
}

/// The file as it is to be, judged as it will be when it is read.
fn must_hold(kept: &KeptServers, url: Option<&str>) -> Result<(), Failure> {
    config::parse(kept.text(), "backends.toml", &())?;
    url.map_or(Ok(()), |url| Ok(crate::backend::remote::check_url(url)?))
}

fn warn_of_credential(call: &Invocation, path: &Path) {
    if let Err(why) = credential::in_file(&config::from_here(path)) {
        call.output.note(&format!("before it can be used: {}", why.message()));
    }
}

/// The path as it is meant here, whatever folder the program is started in later.
fn from_anywhere(path: &Path) -> Result<Value, Failure> {
    let path = if config::expand(path) == path {
        std::path::absolute(path).map_err(|error| Failure::Usage(error.to_string()))?
    } else {
        path.to_owned()
    };
    let shown = path.display();
    let text = path.to_str().ok_or_else(|| {
        Failure::Usage(format!("'{shown}' is not UTF-8, which the settings are: rename it"))
    })?;
    Ok(Value::String(text.to_owned()))
}
