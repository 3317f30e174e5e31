//! A store in a temporary folder, and operators who sit down at it.

use std::path::PathBuf;
use std::sync::Arc;
#[cfg(feature = "server")]
use std::sync::Mutex;

use tempfile::TempDir;
use tokendeck::backend::Backend;
use tokendeck::backend::local::{InitKind, LocalBackend, LocalOptions, NewPlace, init};
#[cfg(feature = "server")]
use tokendeck::backend::remote::RemoteBackend;
use tokendeck::cli::state_file::StateFile;
use tokendeck::domain::Time;
use tokendeck::tui::{Hue, Memory, Options, PageSize};
use tokio::runtime::{Builder, Runtime};

use super::App;
use super::seats::{Seat, Seats};
#[cfg(feature = "server")]
use super::served::Served;
use super::server::{Mood, Moods, Server};

/// The moment of all checks.
pub(crate) const NOW: &str = "2026-03-10T12:00:00Z";

/// The login of the operating system.
const SYSTEM: &str = "tester";

/// What the decks of a suite talk to. Each suite says so in its root, as `DOOR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// The store itself.
    Local,
    /// A server of that store, on this machine.
    #[cfg(feature = "server")]
    Remote,
}

/// A store that several may open.
pub(crate) struct Desk {
    // It uses the folder, so it ends before it.
    #[cfg(feature = "server")]
    server: Mutex<Option<Served>>,
    door: Door,
    name: &'static str,
    folder: TempDir,
    now: Option<Time>,
}

impl Desk {
    fn made(kind: InitKind, now: Option<Time>, door: Door) -> Self {
        let desk = Self {
            #[cfg(feature = "server")]
            server: Mutex::default(),
            door,
            name: "local",
            folder: TempDir::new().unwrap(),
            now,
        };
        init(&NewPlace::of(&desk.path()).unwrap(), kind, SYSTEM).unwrap();
        desk
    }

    /// The example store.
    pub(crate) fn example() -> Self {
        Self::example_by(crate::DOOR)
    }

    /// The example store by a door of one's own choice.
    pub(crate) fn example_by(door: Door) -> Self {
        let kind = InitKind::Example { shift_to: None };
        Self::made(kind, Some(NOW.parse().unwrap()), door)
    }

    /// The example store, looked at another day.
    pub(crate) fn example_at(now: &str) -> Self {
        Self { now: Some(now.parse().unwrap()), ..Self::example() }
    }

    /// The same under another name, as far as it is a store.
    pub(crate) fn called(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// A new store with nothing in it.
    pub(crate) fn empty() -> Self {
        Self::made(InitKind::Normal, None, crate::DOOR)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    /// Where the view state of those who sit here is kept.
    pub(crate) fn state_path(&self) -> PathBuf {
        self.folder.path().join("state/state.toml")
    }

    /// What keeps it.
    pub(crate) fn memory(&self) -> Arc<dyn Memory> {
        Arc::new(StateFile::new(self.state_path()))
    }

    /// That user's backend by the door of this desk. The runtime is to outlive it.
    pub(crate) fn backend(&self, runtime: &Runtime, login: &str) -> Arc<dyn Backend> {
        match self.door {
            Door::Local => {
                let options = self.local_options(login);
                runtime.block_on(async { LocalBackend::open(options).unwrap() })
            }
            #[cfg(feature = "server")]
            Door::Remote => {
                let options = self.with_server(|server| server.options_of(login));
                runtime.block_on(async { RemoteBackend::open(options).unwrap() })
            }
        }
    }

    /// How the title names its backend.
    pub(crate) fn title(&self) -> &'static str {
        match self.door {
            Door::Local => self.name,
            #[cfg(feature = "server")]
            Door::Remote => "team (remote)",
        }
    }

    /// What kind of backend it is.
    pub(crate) fn kind(&self) -> &'static str {
        match self.door {
            Door::Local => "local",
            #[cfg(feature = "server")]
            Door::Remote => "remote",
        }
    }

    /// Stops the server, which then answers nobody.
    #[cfg(feature = "server")]
    pub(crate) fn stop_server(&self) {
        self.with_server(Served::stop);
    }

    /// Starts the server again at its address.
    #[cfg(feature = "server")]
    pub(crate) fn start_server(&self) {
        self.with_server(Served::start);
    }

    /// The server of this desk, which starts when it is first looked for.
    #[cfg(feature = "server")]
    fn with_server<T>(&self, then: impl FnOnce(&mut Served) -> T) -> T {
        let mut server = self.server.lock().unwrap();
        // Whoever may hand out credentials: of a store in use, the system's own user.
        let login = if self.now.is_some() { "rosa" } else { SYSTEM };
        then(server.get_or_insert_with(|| Served::new(self.local_options(login))))
    }

    fn local_options(&self, login: &str) -> LocalOptions {
        LocalOptions {
            path: self.path(),
            login: Some(login.to_owned()),
            system_login: SYSTEM.to_owned(),
            now: self.now,
            read_only: false,
            name: self.name.to_owned(),
        }
    }

    /// Where a screen of that user finds the store: by the door of this desk.
    fn seat_of(&self, runtime: &Runtime, login: &str) -> Seat {
        match self.door {
            Door::Local => Seat::Store(self.local_options(login)),
            #[cfg(feature = "server")]
            Door::Remote => Seat::Ready(self.backend(runtime, login)),
        }
    }

    /// The screen of the first of these users, from which the others are a switch
    /// away; and these backends beside them.
    pub(crate) fn seat_among(
        &self,
        logins: &[&str],
        others: Vec<(&str, Seat)>,
        size: (u16, u16),
    ) -> App {
        let runtime = runtime();
        let (first, backend) = (logins[0], self.backend(&runtime, logins[0]));
        let own = logins.iter().map(|login| (*login, self.seat_of(&runtime, login)));
        let seats = own.chain(others).map(|(name, seat)| (name.to_owned(), seat)).collect();
        let seats = Arc::new(Seats { first: first.to_owned(), named: seats, ..Seats::default() });
        let options = Options { frozen_clock: self.now.is_some(), ..options() };
        App::start_among(runtime, (backend, seats), self.memory(), options, size)
    }

    /// The screen of the first of these users, each at a backend with a colour, if any, and
    /// why nothing is changed there, if so.
    pub(crate) fn seat_marked(
        &self,
        users: &[(&str, Option<&str>, Option<&str>)],
        options: &Options,
        size: (u16, u16),
    ) -> App {
        let runtime = runtime();
        let (first, _, _) = users[0];
        let backend = self.backend(&runtime, first);
        let seat = |login: &str| (login.to_owned(), self.seat_of(&runtime, login));
        let seats = users.iter().map(|(login, ..)| seat(login)).collect();
        let mark = |(login, hue, held): &(&str, Option<&str>, Option<&str>)| {
            ((*login).to_owned(), (hue.and_then(Hue::named), held.map(str::to_owned)))
        };
        let marks = users.iter().map(mark).collect();
        let seats = Arc::new(Seats { first: first.to_owned(), named: seats, marks });
        let options = Options { frozen_clock: self.now.is_some(), ..options.clone() };
        App::start_among(runtime, (backend, seats), self.memory(), options, size)
    }

    /// The screen of ada as it is before her backend has answered, which is called `team` and
    /// in that mood; kim sits at a store of this machine, called `here`.
    pub(crate) fn seat_connecting(&self, mood: Mood, size: (u16, u16)) -> (App, Moods) {
        let (runtime, moods) = (runtime(), Moods::default());
        moods.set(mood);
        let server: Arc<dyn Backend> = Arc::new(Server::new(self.backend(&runtime, "ada"), &moods));
        let seats = [
            ("team".to_owned(), Seat::Ready(Arc::clone(&server))),
            ("here".to_owned(), Seat::Store(self.local_options("kim"))),
        ];
        let seats = Seats { first: "team".to_owned(), named: seats.into(), ..Seats::default() };
        let options = Options { frozen_clock: self.now.is_some(), ..options() };
        let pair = (server, Arc::new(seats) as _);
        (App::connect_among(runtime, pair, self.memory(), options, size), moods)
    }

    /// The screen of that user as the checks want it: 160x50, ten rows a page.
    pub(crate) fn seat(&self, login: &str) -> App {
        self.seat_with(login, &options(), (160, 50))
    }

    /// The screen of that user with these settings and of that size.
    pub(crate) fn seat_with(&self, login: &str, options: &Options, size: (u16, u16)) -> App {
        let runtime = runtime();
        let backend = self.backend(&runtime, login);
        let options = Options { frozen_clock: self.now.is_some(), ..options.clone() };
        App::start(runtime, backend, self.memory(), options, size)
    }
}

/// The settings of the checks.
pub(crate) fn options() -> Options {
    Options { page_size: PageSize::Rows(10), unicode: false, ..Options::default() }
}

/// One thread for the loop; the backend's calls have their own.
pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A value of the example, from the list beside it.
pub(crate) fn value(name: &str) -> String {
    let values: toml::Table = include_str!("../../config/demo/values.toml").parse().unwrap();
    values[name].as_str().unwrap().to_owned()
}
