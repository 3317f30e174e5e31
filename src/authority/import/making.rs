//! One row of a file and the token it becomes. Looking at it, drawing its value and
//! making it are decided here alike, so that no row passes one and fails the other but
//! for what happened between.

use std::collections::{BTreeMap, BTreeSet};

use crate::authority::scene::Scene;
use crate::authority::{Authority, Ruling};
use crate::domain::draft;
use crate::domain::made::requested;
use crate::domain::{
    AccountId, Credential, FieldError, Guid, Refusal, TokenChange, TokenDraft, TokenId, ValueHash,
    lifecycle, name, policy,
};
use crate::wire::{HeldValue, ImportRow};

/// A row as it stands against the store.
pub(super) enum Standing {
    /// It can be made of this.
    New(Box<TokenDraft>, Option<Credential>),
    /// It is there already.
    Exists(TokenId),
}

/// Rows on their way, with what the ones before them took.
pub(super) struct Making<'s> {
    authority: &'s Authority,
    scene: &'s Scene<'s>,
    /// Names by account, as they are compared, with the line that took them.
    names: BTreeMap<(Option<AccountId>, String), u64>,
    guids: BTreeSet<Guid>,
}

impl<'s> Making<'s> {
    pub(super) fn new(authority: &'s Authority, scene: &'s Scene<'s>) -> Self {
        Self { authority, scene, names: BTreeMap::new(), guids: BTreeSet::new() }
    }

    /// How a row stands, or what is wrong with it.
    pub(super) fn look(&mut self, row: &ImportRow) -> Ruling<Standing> {
        let taken = self.taken(row)?;
        if let Some(id) = taken
            && self.is_same(row, id)?
        {
            return Ok(Standing::Exists(id));
        }
        let scene = self.scene;
        let ImportRow { account, owner, settings, .. } = row.clone();
        let given = TokenDraft { account, owner, guid: None, settings };
        let checked = draft::check_new(&given, &scene.place(account, None));
        let (draft, mut errors) = match checked {
            Ok(draft) => (draft, vec![]),
            Err(errors) => (given, errors),
        };
        if taken.is_some() {
            errors.push(FieldError::new("name", "Name already in use"));
        }
        let credential = match self.held(row)? {
            Ok(credential) => credential,
            Err(error) => {
                errors.push(error);
                None
            }
        };
        if row.value.is_none() && owner.is_some() && !draft.settings.enabled {
            errors.push(FieldError::new("enabled", "A request can't be switched off"));
        }
        errors.extend(self.take(row));
        if !errors.is_empty() {
            return Err(Refusal::Invalid(errors).into());
        }
        Ok(Standing::New(Box::new(draft), credential))
    }

    /// The token that a row becomes, with the value that it holds or that was drawn.
    pub(super) fn token(
        &self,
        (draft, credential): (&TokenDraft, Option<Credential>),
        id: TokenId,
    ) -> Result<TokenChange, Refusal> {
        let (operator, now) = (&self.scene.operator, self.scene.now);
        let change = match credential {
            Some(credential) => lifecycle::create(draft, id, credential, operator, now),
            None => requested(draft, id, operator, now),
        };
        policy::judge(&change.token, &self.scene.catalogue)?;
        Ok(change)
    }

    /// The token that bears the name already, as far as the operator may know.
    fn taken(&self, row: &ImportRow) -> Ruling<Option<TokenId>> {
        let key = name::key(&row.settings.name);
        let Some(id) = self.scene.state.token_named(row.account, &key)? else { return Ok(None) };
        Ok(self
            .scene
            .state
            .token(id)?
            .filter(|token| self.scene.operator.sees(token))
            .map(|t| t.id))
    }

    /// Whether that token is what the row made before: a row with a value names its GUID.
    fn is_same(&self, row: &ImportRow, id: TokenId) -> Ruling<bool> {
        let Some(value) = &row.value else { return Ok(true) };
        let known = self.scene.state.credential(value.guid)?;
        Ok(known.is_some_and(|(token, known)| {
            token == id && hash(&value.hash).is_some_and(|hash| hash.matches(&known.hash))
        }))
    }

    /// What the store is to know a held value again by.
    fn held(&mut self, row: &ImportRow) -> Ruling<Result<Option<Credential>, FieldError>> {
        let Some(HeldValue { guid, prefix, hash: text }) = &row.value else { return Ok(Ok(None)) };
        let wrong = |field, message: String| Ok(Err(FieldError::new(field, message)));
        let own = &self.authority.info().prefix;
        if prefix != own {
            return wrong("prefix", format!("Values of this store begin with {own}_"));
        }
        let Some(hash) = hash(text) else {
            return wrong("hash", "Give the hash of the value as 64 hexadecimal digits".to_owned());
        };
        if self.scene.state.credential(*guid)?.is_some() || !self.guids.insert(*guid) {
            return wrong("guid", "This GUID was used before".to_owned());
        }
        Ok(Ok(Some(Credential { guid: *guid, hash, sealed: None })))
    }

    /// Takes the name of a row; an error where one before it has it.
    fn take(&mut self, row: &ImportRow) -> Option<FieldError> {
        let key = (row.account, name::key(&row.settings.name));
        let line = *self.names.entry(key).or_insert(row.line);
        (line != row.line).then(|| FieldError::new("name", format!("The same as in line {line}")))
    }
}

fn hash(text: &str) -> Option<ValueHash> {
    let text = text.as_bytes();
    let mut bytes = [0_u8; 32];
    if text.len() != 2 * bytes.len() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, _) = text.as_chunks::<2>();
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(ValueHash::from_bytes(bytes))
}
