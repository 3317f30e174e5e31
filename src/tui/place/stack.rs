//! What lies over a screen: places, one over the other, of which nobody has to know all kinds.

use std::any::Any;

use crate::tui::guard::Guard;

use super::{Cover, Place};

/// What lies over the screen, the top last.
#[derive(Debug, Default)]
pub(in crate::tui) struct Stack(Vec<Box<dyn Place>>);

impl Stack {
    /// Whether nothing lies over the screen.
    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// From the lowest to the top.
    pub(in crate::tui) fn iter(&self) -> impl Iterator<Item = &dyn Place> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// From the top to the lowest.
    pub(in crate::tui) fn downwards(&self) -> impl Iterator<Item = &dyn Place> {
        self.0.iter().rev().map(AsRef::as_ref)
    }

    /// What lies on top.
    pub(in crate::tui) fn last(&self) -> Option<&dyn Place> {
        self.0.last().map(AsRef::as_ref)
    }

    /// The same, to change it.
    pub(in crate::tui) fn last_mut(&mut self) -> Option<&mut (dyn Place + 'static)> {
        self.0.last_mut().map(AsMut::as_mut)
    }

    /// What lies on top, where it is of that kind.
    pub(in crate::tui) fn top<P: Place>(&self) -> Option<&P> {
        self.last().and_then(as_a)
    }

    /// The same, to change it.
    pub(in crate::tui) fn top_mut<P: Place>(&mut self) -> Option<&mut P> {
        let top: &mut dyn Any = self.last_mut()?;
        top.downcast_mut()
    }

    /// What takes the whole screen, the topmost.
    pub(in crate::tui) fn whole(&self) -> Option<&dyn Place> {
        self.iter().filter(|place| place.cover() == Cover::Whole).last()
    }

    /// What lies over that, or over the screen where nothing takes all of it.
    pub(in crate::tui) fn over_whole(&self) -> impl Iterator<Item = &dyn Place> {
        let whole = self.iter().enumerate().filter(|(_, place)| place.cover() == Cover::Whole);
        let from = whole.last().map_or(0, |(at, _)| at + 1);
        self.iter().skip(from)
    }

    /// The one of that kind, wherever it lies.
    pub(in crate::tui) fn find<P: Place>(&self) -> Option<&P> {
        self.iter().find_map(as_a)
    }

    /// The same, to change it.
    pub(in crate::tui) fn find_mut<P: Place>(&mut self) -> Option<&mut P> {
        self.each_mut().next()
    }

    /// All of that kind, to change them.
    pub(in crate::tui) fn each_mut<P: Place>(&mut self) -> impl Iterator<Item = &mut P> {
        self.0.iter_mut().filter_map(|place| {
            let place: &mut dyn Any = place.as_mut();
            place.downcast_mut()
        })
    }

    /// Whether a question or a choice is open that nothing may cover, be it under what can
    /// only be read.
    pub(in crate::tui) fn asks(&self) -> bool {
        let mut stays = self.downwards().filter(|place| place.asks() || !place.gives_way());
        stays.next().is_some_and(Place::asks)
    }

    /// What keeps early keys from what lies on top.
    pub(in crate::tui) fn guard(&self) -> Option<&Guard> {
        self.last().and_then(Place::guard)
    }

    /// The same, to change it.
    pub(in crate::tui) fn guard_mut(&mut self) -> Option<&mut Guard> {
        self.last_mut().and_then(Place::guard_mut)
    }

    /// Whether what lies on top is of that kind.
    pub(in crate::tui) fn is<P: Place>(&self) -> bool {
        self.top::<P>().is_some()
    }

    /// Lays something on top.
    pub(in crate::tui) fn push(&mut self, place: impl Place) {
        self.0.push(Box::new(place));
    }

    /// Takes away what lies on top; says whether there was anything.
    pub(in crate::tui) fn pop(&mut self) -> bool {
        self.0.pop().is_some()
    }

    /// Lays a list over the screen, takes it away where it lies there, and replaces another
    /// that can only be read; one that such a thing covers is there again.
    pub(in crate::tui) fn toggle<P: Place>(&mut self, list: P) {
        let open = self.is::<P>();
        self.close_what_gives_way();
        if !open && !self.is::<P>() {
            self.push(list);
        }
    }

    /// Closes the screens that lie over the one that is shown: another is.
    pub(in crate::tui) fn close_screens(&mut self) {
        self.0.retain(|place| place.cover() != Cover::Whole || !place.gives_way());
    }

    /// Closes what lies on top, where it can only be read.
    pub(in crate::tui) fn close_what_gives_way(&mut self) {
        self.0.pop_if(|top| top.gives_way());
    }

    /// Takes what lies on top, where it is of that kind.
    pub(in crate::tui) fn take<P: Place>(&mut self) -> Option<P> {
        let place: Box<dyn Any> = self.0.pop_if(|place| as_a::<P>(place.as_ref()).is_some())?;
        place.downcast().ok().map(|place| *place)
    }

    /// Takes all away.
    pub(in crate::tui) fn clear(&mut self) {
        self.0.clear();
    }

    /// How many lie there.
    pub(in crate::tui) fn len(&self) -> usize {
        self.0.len()
    }

    /// Lifts one off the stack; the lowest is the first.
    pub(in crate::tui) fn lift(&mut self, at: usize) -> Option<Box<dyn Place>> {
        (at < self.0.len()).then(|| self.0.remove(at))
    }

    /// Puts back what was lifted from there.
    pub(in crate::tui) fn lay(&mut self, at: usize, place: Box<dyn Place>) {
        self.0.insert(at.min(self.0.len()), place);
    }

    /// Lays on top what comes in a box.
    pub(in crate::tui) fn open(&mut self, place: Box<dyn Place>) {
        self.0.push(place);
    }

    /// Keeps only these.
    pub(in crate::tui) fn retain(&mut self, keep: impl Fn(&dyn Place) -> bool) {
        self.0.retain(|place| keep(place.as_ref()));
    }
}

/// A place as one of that kind.
pub(in crate::tui) fn as_a<P: Place>(place: &dyn Place) -> Option<&P> {
    let place: &dyn Any = place;
    place.downcast_ref()
}

/// Whether a place is of that kind.
pub(in crate::tui) fn is_a<P: Place>(place: &dyn Place) -> bool {
    as_a::<P>(place).is_some()
}
