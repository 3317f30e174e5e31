//! The fields of a form in their sections, and where the keys are. Knows nothing of
//! what the form is for.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use super::field::{Control, Field};
use crate::domain::calendar::DateError;
use crate::domain::{FieldError, Level, ModuleId, Time};

/// Fields that are on the screen together.
#[derive(Debug, Clone)]
pub(in crate::tui) struct Section {
    /// What its tab says.
    pub(in crate::tui) title: &'static str,
    /// Its fields, in their order.
    pub(in crate::tui) fields: Vec<Field>,
}

/// Where the keys are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Spot {
    /// In a field of the section.
    Field(usize),
    /// On Save.
    Save,
    /// On Cancel.
    Cancel,
}

/// All fields.
#[derive(Debug, Clone)]
pub(in crate::tui) struct Sheet {
    /// The sections, in their order.
    pub(in crate::tui) sections: Vec<Section>,
    /// The one on screen.
    pub(in crate::tui) at: usize,
    /// Where in it the keys are.
    pub(in crate::tui) spot: Spot,
}

impl Sheet {
    /// These sections, the keys in the first field.
    pub(in crate::tui) fn new(sections: Vec<Section>) -> Self {
        let mut sheet = Self { sections, at: 0, spot: Spot::Save };
        sheet.spot = sheet.first_spot();
        sheet
    }

    /// The section on screen.
    pub(in crate::tui) fn section(&self) -> Option<&Section> {
        self.sections.get(self.at)
    }

    /// All fields.
    pub(in crate::tui) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// A field by its name.
    pub(in crate::tui) fn field(&self, name: &str) -> Option<&Field> {
        self.fields().find(|field| field.name == name)
    }

    /// A field by its name, to change it.
    pub(in crate::tui) fn field_mut(&mut self, name: &str) -> Option<&mut Field> {
        let mut fields = self.sections.iter_mut().flat_map(|section| &mut section.fields);
        fields.find(|field| field.name == name)
    }

    /// What a field is entered with.
    pub(in crate::tui) fn control(&self, name: &str) -> Option<&Control> {
        self.field(name).map(|field| &field.control)
    }

    /// The same, to change it.
    pub(in crate::tui) fn control_mut(&mut self, name: &str) -> Option<&mut Control> {
        self.field_mut(name).map(|field| &mut field.control)
    }

    /// Ticks these of a field's entries, and no others.
    pub(in crate::tui) fn tick<'k, T: ToString + 'k>(
        &mut self,
        name: &str,
        keys: impl IntoIterator<Item = &'k T>,
    ) {
        if let Some(Control::Choices(choices)) = self.control_mut(name) {
            choices.clear();
            choices.tick(keys);
        }
    }

    /// Gives modules of a field these levels.
    pub(in crate::tui) fn give<'l>(
        &mut self,
        name: &str,
        levels: impl IntoIterator<Item = (&'l ModuleId, Option<Level>)>,
    ) {
        if let Some(Control::Grid(grid)) = self.control_mut(name) {
            for (module, level) in levels {
                grid.set(&module.to_string(), level);
            }
        }
    }

    /// The field that has the keys.
    pub(in crate::tui) fn focused(&self) -> Option<&Field> {
        match self.spot {
            Spot::Field(place) => self.section()?.fields.get(place),
            Spot::Save | Spot::Cancel => None,
        }
    }

    /// The same, to change it.
    pub(in crate::tui) fn focused_mut(&mut self) -> Option<&mut Field> {
        match self.spot {
            Spot::Field(place) => self.sections.get_mut(self.at)?.fields.get_mut(place),
            Spot::Save | Spot::Cancel => None,
        }
    }

    /// The places of the section that keys can go to, in their order.
    fn spots(&self) -> Vec<Spot> {
        let fields = self.section().map(|section| section.fields.as_slice()).unwrap_or_default();
        let fields = fields.iter().enumerate().filter(|(_, field)| field.takes_focus());
        fields.map(|(place, _)| Spot::Field(place)).chain([Spot::Save, Spot::Cancel]).collect()
    }

    fn first_spot(&self) -> Spot {
        self.spots().first().copied().unwrap_or(Spot::Save)
    }

    /// As Tab goes: within a field that has several places, then on.
    pub(in crate::tui) fn tab(&mut self, on: bool) {
        if !self.focused_mut().is_some_and(|field| field.tab(on)) {
            self.step(on);
            if let Some(field) = self.focused_mut() {
                field.enter(on);
            }
        }
    }

    /// To the next place, or the one before, round and round.
    pub(in crate::tui) fn step(&mut self, on: bool) {
        let spots = self.spots();
        let place = spots.iter().position(|spot| *spot == self.spot).unwrap_or_default();
        let by = if on { 1 } else { spots.len().saturating_sub(1) };
        self.leave_field();
        if let Some(spot) = spots.get((place + by) % spots.len().max(1)) {
            self.spot = *spot;
        }
    }

    /// To the next section, or the one before; at the ends it stays. A field that is
    /// left was visited, and with a section all that it asks for.
    pub(in crate::tui) fn turn(&mut self, on: bool) {
        let last = self.sections.len().saturating_sub(1);
        let to = if on { (self.at + 1).min(last) } else { self.at.saturating_sub(1) };
        if to == self.at {
            return;
        }
        if let Some(section) = self.sections.get_mut(self.at) {
            section.fields.iter_mut().for_each(|field| field.visited = true);
        }
        self.at = to;
        self.spot = self.first_spot();
    }

    fn leave_field(&mut self) {
        if let Some(field) = self.focused_mut() {
            field.visited = true;
        }
    }

    /// The keys go to a field by its name, in whichever section it is.
    pub(in crate::tui) fn go_to(&mut self, name: &str) {
        for (at, section) in self.sections.iter().enumerate() {
            if let Some(place) = section.fields.iter().position(|field| field.name == name) {
                self.at = at;
                let can = section.fields.get(place).is_some_and(Field::takes_focus);
                self.spot = if can { Spot::Field(place) } else { self.first_spot() };
                return;
            }
        }
    }

    /// Takes the errors, each to its field; what belongs to none is returned.
    pub(in crate::tui) fn set_errors(&mut self, errors: Vec<FieldError>) -> Vec<FieldError> {
        for section in &mut self.sections {
            section.fields.iter_mut().for_each(|field| field.error = None);
        }
        let mut homeless = Vec::new();
        for error in errors {
            match self.field_mut(&error.field) {
                Some(field) => _ = field.error.get_or_insert(error.message),
                None => homeless.push(error),
            }
        }
        homeless
    }

    /// How many fields have an error.
    pub(in crate::tui) fn errors(&self) -> usize {
        self.fields().filter(|field| field.error.is_some()).count()
    }

    /// How many of them are told.
    pub(in crate::tui) fn told_errors(&self) -> usize {
        self.fields().filter(|field| field.told_error().is_some()).count()
    }

    /// The keys go to the first field with an error. All of them stand out from now.
    pub(in crate::tui) fn go_to_error(&mut self) {
        for section in &mut self.sections {
            section.fields.iter_mut().for_each(|field| field.visited = true);
        }
        let first = self.fields().find(|field| field.error.is_some()).map(|field| field.name);
        if let Some(name) = first {
            self.go_to(name);
        }
    }

    /// What is entered, field by field, to know what changed.
    pub(in crate::tui) fn print(&self) -> Vec<String> {
        self.fields().filter(|field| !field.hidden).map(Field::print).collect()
    }

    /// What is entered in lines of text.
    pub(in crate::tui) fn text(&self, name: &str) -> &str {
        match self.control(name) {
            Some(Control::Text(text)) => text.value(),
            Some(Control::Paragraph(text)) => text.value(),
            _ => "",
        }
    }

    /// Whether a box is checked.
    pub(in crate::tui) fn is_checked(&self, name: &str) -> bool {
        matches!(self.control(name), Some(Control::Check(true)))
    }

    /// The place of the word that is chosen.
    pub(in crate::tui) fn radio(&self, name: &str) -> usize {
        match self.control(name) {
            Some(Control::Radio(radio)) => radio.at(),
            _ => 0,
        }
    }

    /// The word that is chosen.
    pub(in crate::tui) fn radio_word(&self, name: &str) -> &str {
        match self.control(name) {
            Some(Control::Radio(radio)) => radio.word(),
            _ => "",
        }
    }

    /// The key of the entry that is chosen.
    pub(in crate::tui) fn picked(&self, name: &str) -> Option<&str> {
        match self.control(name) {
            Some(Control::Pick(pick)) => pick.chosen(),
            _ => None,
        }
    }

    /// The ids that are ticked.
    pub(in crate::tui) fn ticked<T: FromStr + Ord>(&self, name: &str) -> BTreeSet<T> {
        match self.control(name) {
            Some(Control::Choices(choices)) => {
                choices.ticked().iter().filter_map(|key| key.parse().ok()).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// The level given to each module.
    pub(in crate::tui) fn levels(&self, name: &str) -> BTreeMap<ModuleId, Level> {
        let levels = match self.control(name) {
            Some(Control::Grid(grid)) => grid.levels(),
            _ => BTreeMap::new(),
        };
        levels.into_iter().filter_map(|(key, level)| Some((key.parse().ok()?, level))).collect()
    }

    /// The instant a date stands for.
    pub(in crate::tui) fn date(&self, name: &str, now: Time) -> Result<Option<Time>, DateError> {
        match self.control(name) {
            Some(Control::Date(date)) => date.instant(now),
            _ => Ok(None),
        }
    }
}
